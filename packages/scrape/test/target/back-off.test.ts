import { expect, test } from 'vitest';
import { backOffIntervals } from '../../src/target/back-off.ts';

test('five failures are let pass, then the time doubles to its greatest', () => {
  const intervals = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((failures) =>
    backOffIntervals(failures, 1000, 10_000),
  );
  expect(intervals).toEqual([1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10]);
});

test('where the interval is longer than the longest wait, it stays', () => {
  expect(backOffIntervals(50, 30_000, 10_000)).toBe(1);
});
