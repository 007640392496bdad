import { expect, test } from 'vitest';
import { SampleWindow } from '../../src/index.ts';
import { samplesInRange } from '../../src/window/time-range.ts';

test('both ends of a range belong to it', () => {
  const window = new SampleWindow();
  for (const atMs of [0, 10, 20, 30]) window.add(atMs, atMs);
  expect(samplesInRange(window, { nowMs: 20, windowMs: 10 })).toEqual({ first: 1, end: 3 });
  expect(samplesInRange(window, { nowMs: 19, windowMs: 8 })).toEqual({ first: 2, end: 2 });
  expect(samplesInRange(window, { nowMs: 99, windowMs: 99 })).toEqual({ first: 0, end: 4 });
});
