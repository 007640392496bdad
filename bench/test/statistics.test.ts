import { expect, test } from 'vitest';
import { median, quantile } from '../src/statistics.ts';

test('a quantile is the nearest rank, whatever the order', () => {
  const values = [5, 1, 4, 2, 3];
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.5)).toBe(3);
  expect(quantile(values, 0.99)).toBe(5);
  expect(values).toEqual([5, 1, 4, 2, 3]);
  expect(median([1, 2])).toBe(1);
});

test('nothing has no median', () => {
  expect(median([])).toBeNaN();
});
