import { expect, test } from 'vitest';
import { wholeSeconds } from '../src/whole-seconds.ts';

test.each([
  [1999, 1000],
  [2000, 2000],
  [-1, -1000],
])('cuts %d ms down to %d ms', (timeMs, expected) => {
  expect(wholeSeconds(timeMs)).toBe(expected);
});
