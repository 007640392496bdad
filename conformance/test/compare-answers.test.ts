import { describe, expect, test } from 'vitest';
import { compareAnswers } from '../src/compare-answers.ts';

describe('compareAnswers', () => {
  test('equal answers have no mismatch: nested, absent, NaN and both zeros', () => {
    expect(
      compareAnswers(
        { list: [{ a: 1 }], none: undefined, nan: Number.NaN, zero: 0 },
        { list: [{ a: 1 }], nan: Number.NaN, zero: -0 },
      ),
    ).toEqual([]);
  });

  test('names what differs, what lacks and what is too much', () => {
    expect(compareAnswers({ a: 1, b: 'x' }, { b: ['x'], c: Number.POSITIVE_INFINITY })).toEqual([
      { field: 'a', expected: '1', got: 'nothing' },
      { field: 'b', expected: '"x"', got: '["x"]' },
      { field: 'c', expected: 'nothing', got: 'Infinity' },
    ]);
  });
});
