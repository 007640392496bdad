import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../src/quantity/canonical-text.ts';

const small = (unscaled: bigint, exponent = 0): Parameters<typeof canonicalText>[0] => ({
  unscaled,
  exponent,
  isLarge: false,
});

describe('canonicalText', () => {
  test('writes the largest suffix that loses nothing', () => {
    expect(canonicalText(small(1500n), 'DecimalSI')).toBe('1500');
    expect(canonicalText(small(15_000n), 'DecimalSI')).toBe('15k');
    expect(canonicalText(small(1n, -2), 'DecimalSI')).toBe('10m');
    expect(canonicalText(small(12n, 5), 'DecimalExponent')).toBe('1200e3');
    expect(canonicalText(small(3n * 2n ** 30n), 'BinarySI')).toBe('3Gi');
  });

  test('writes binary amounts below 1024 or with a fraction as decimals', () => {
    expect(canonicalText(small(1000n), 'BinarySI')).toBe('1k');
    expect(canonicalText(small(1_048_576_500n, -3), 'BinarySI')).toBe('1048576500m');
  });

  test('drops the suffix above exa, as Kubernetes 1.37 does', () => {
    expect(canonicalText(small(1000n, 18), 'DecimalSI')).toBe('1');
  });

  test('takes no factor out of the smallest int64', () => {
    expect(canonicalText(small(-(2n ** 63n)), 'BinarySI')).toBe('-9223372036854775808');
  });
});
