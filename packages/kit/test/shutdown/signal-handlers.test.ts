import { afterEach, describe, expect, test } from 'vitest';
import { handleSignals } from '../../src/shutdown/signal-handlers.ts';

let release: (() => void) | undefined;
afterEach(() => release?.());

function handle(withExit: boolean): string[] {
  const done: string[] = [];
  release = handleSignals(['SIGUSR2'], {
    drain: (signal) => done.push(`drain at ${signal}`),
    hurry: () => done.push('hurry'),
    exit: withExit ? () => done.push('exit') : undefined,
  });
  return done;
}

describe('handleSignals', () => {
  test('drains at the first, hurries at the second and exits at the third', () => {
    const done = handle(true);
    for (let count = 0; count < 3; count += 1) process.emit('SIGUSR2', 'SIGUSR2');
    expect(done).toEqual(['drain at SIGUSR2', 'hurry', 'exit']);
  });

  test('lets go at the second when it has no exit', () => {
    const done = handle(false);
    process.emit('SIGUSR2', 'SIGUSR2');
    expect(process.listenerCount('SIGUSR2')).toBe(1);
    process.emit('SIGUSR2', 'SIGUSR2');
    expect(process.listenerCount('SIGUSR2')).toBe(0);
    expect(done).toEqual(['drain at SIGUSR2', 'hurry']);
  });
});
