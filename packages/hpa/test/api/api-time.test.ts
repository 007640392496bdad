import { expect, test } from 'vitest';
import { timeMs } from '../../src/api/api-time.ts';

test('no time, and what is no time, is null', () => {
  expect(timeMs('1970-01-01T00:00:01Z')).toBe(1000);
  expect([timeMs(undefined), timeMs(null), timeMs(''), timeMs('soon')]).toEqual([
    ...[null, null, null, null],
  ]);
});
