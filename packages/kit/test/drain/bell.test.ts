import { describe, expect, test } from 'vitest';
import { Bell } from '../../src/drain/bell.ts';

describe('Bell', () => {
  test('ends every wait when it rings', async () => {
    const bell = new Bell();
    const waits = [bell.wait(60_000), bell.wait(Infinity)];
    bell.ring();
    await Promise.all(waits);
  });

  test('ends a wait when its time is over or its signal aborts', async () => {
    const bell = new Bell();
    await bell.wait(5);
    const controller = new AbortController();
    const wait = bell.wait(60_000, controller.signal);
    controller.abort();
    await wait;
    await bell.wait(60_000, controller.signal);
    expect(controller.signal.aborted).toBe(true);
  });
});
