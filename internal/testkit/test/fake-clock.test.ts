import { expect, test } from 'vitest';
import { FakeClock } from '../src/index.ts';

test('stands still until it is moved', () => {
  const clock = new FakeClock(1_000);
  expect(clock.now()).toBe(1_000);
  expect(clock.advanceMs(250)).toBe(1_250);
  expect(clock.now()).toBe(1_250);
});
