import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatFloat,
  formatOpenMetricsFloat,
  normalizeBound,
  parseFloatText,
} from '../src/float-text.ts';

describe('formatFloat', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [999_999, '999999'],
    [1e6, '1e+06'],
    [1_234_567, '1.234567e+06'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e100, '1e+100'],
    [-1.5, '-1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFloat(value)).toBe(text);
  });

  test('is read back as the same number', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(parseFloatText(formatFloat(value))).toBe(value + 0);
        expect(parseFloatText(formatOpenMetricsFloat(value))).toBe(value + 0);
      }),
    );
  });
});

describe('formatOpenMetricsFloat', () => {
  test('adds .0 to a bare integer only', () => {
    expect([1, 1.5, 1e6, Number.NaN].map(formatOpenMetricsFloat)).toEqual([
      '1.0',
      '1.5',
      '1e+06',
      'NaN',
    ]);
  });
});

describe('normalizeBound', () => {
  test('gives numbers one spelling and leaves other text alone', () => {
    expect(['1', '1e3', '-0', '1_0', '+Inf', 'x', '1e400'].map(normalizeBound)).toEqual([
      '1.0',
      '1000.0',
      '0.0',
      '10.0',
      '+Inf',
      'x',
      '1e400',
    ]);
  });
});
