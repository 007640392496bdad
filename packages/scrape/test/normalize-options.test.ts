import { expect, test } from 'vitest';
import { normalizeOptions } from '../src/normalize-options.ts';

test('what is left out has its default', () => {
  expect(normalizeOptions({ intervalMs: 50 })).toEqual({
    intervalMs: 50,
    timeoutMs: 900,
    maxBytes: 4_194_304,
    staleAfterMs: 5000,
    maxSeries: 2000,
    maxBackOffMs: 10_000,
  });
});

test.each([0, -1, NaN, Infinity, 2 ** 31])('a body limit of %d is refused', (maxBytes) => {
  expect(() => normalizeOptions({ maxBytes })).toThrow(
    expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }),
  );
});
