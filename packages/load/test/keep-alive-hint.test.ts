import { expect, test } from 'vitest';
import { keepAliveLimitMs } from '../src/keep-alive-hint.ts';

test.each([
  [undefined, 4000],
  ['max=100', 4000],
  ['timeout=5', 4000],
  ['timeout=65, max=100', 64_000],
  ['max=100, timeout=72', 71_000],
  ['Timeout=3', 2000],
  ['timeout=1', 0],
  ['timeout=0', 0],
  ['timeout=99999', 600_000],
])('after %j a connection is used again for %d ms', (hint, expectedMs) => {
  expect(keepAliveLimitMs(hint)).toBe(expectedMs);
});
