import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { listenAlong } from '../../src/http/optional-listener.ts';

describe('listenAlong', () => {
  test('never listens alone', () => {
    const emitter = new EventEmitter();
    const heard: string[] = [];
    listenAlong(emitter, 'upgrade', () => heard.push('mine'));
    expect(emitter.emit('upgrade')).toBe(false);
    const theirs = (): void => void heard.push('theirs');
    emitter.on('upgrade', theirs);
    emitter.emit('upgrade');
    expect(heard).toEqual(['mine', 'theirs']);
    emitter.off('upgrade', theirs);
    expect(emitter.listenerCount('upgrade')).toBe(0);
  });

  test('is first and only once, whoever came before or comes later, for one event or for all', () => {
    const emitter = new EventEmitter();
    const heard: string[] = [];
    emitter.on('upgrade', () => heard.push('before'));
    listenAlong(emitter, 'upgrade', () => heard.push('mine'));
    emitter.once('upgrade', () => heard.push('after'));
    emitter.emit('upgrade');
    emitter.emit('upgrade');
    expect(heard).toEqual(['mine', 'before', 'after', 'mine', 'before']);
    emitter.removeAllListeners('upgrade');
    expect(emitter.listenerCount('upgrade')).toBe(0);
  });

  test('leaves nothing behind when it lets go', () => {
    const emitter = new EventEmitter();
    const release = listenAlong(emitter, 'upgrade', () => undefined);
    emitter.on('upgrade', () => undefined);
    release();
    expect(
      ['upgrade', 'newListener', 'removeListener'].map((n) => emitter.listenerCount(n)),
    ).toEqual([1, 0, 0]);
  });
});
