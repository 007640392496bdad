import { expect, test } from 'vitest';
import { formatTimestamp } from '../../src/api/timestamp.ts';

test.each([
  [1_700_000_000_999, '2023-11-14T22:13:20Z'],
  [-1, '1969-12-31T23:59:59Z'],
  [undefined, null],
])('%s is %s', (ms, text) => {
  expect(formatTimestamp(ms)).toBe(text);
});
