import { describe, expect, test } from 'vitest';
import { Closers } from '../../src/drain/closers.ts';

describe('Closers', () => {
  test('run one after the other, the last registered first', async () => {
    const closers = new Closers();
    const ran: string[] = [];
    closers.add('pool', () => void ran.push('pool'));
    closers.add('producer', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ran.push('producer');
    });
    expect(await closers.run(1_000, () => undefined)).toEqual([]);
    expect(ran).toEqual(['producer', 'pool']);
  });

  test('that fail or take too long are named, and the others still run', async () => {
    const closers = new Closers();
    const ran: string[] = [];
    const said: string[] = [];
    closers.add('first', () => void ran.push('first'));
    closers.add('throws', () => {
      throw new Error('no');
    });
    closers.add('rejects', () => Promise.reject(new Error('never')));
    closers.add('hangs', () => new Promise(() => undefined));
    expect(await closers.run(30, (line) => said.push(line))).toEqual([
      'hangs',
      'rejects',
      'throws',
    ]);
    expect(ran).toEqual(['first']);
    expect(said).toEqual([
      'closer hangs failed: it took longer than 0.03 s',
      'closer rejects failed: never',
      'closer throws failed: no',
    ]);
  });

  test('that come while the others run, or after, still run', async () => {
    const closers = new Closers();
    const ran: string[] = [];
    closers.add('first', () => void ran.push('first'));
    closers.add('last', () => {
      closers.add('during', () => void ran.push('during'));
    });
    await closers.run(1_000, () => undefined);
    closers.add('after', () => void ran.push('after'));
    expect(ran).toEqual(['during', 'first', 'after']);
  });
});
