import { describe, expect, test } from 'vitest';
import {
  addInt32,
  int32FromFloat,
  int32FromInt64,
  isInt32,
  MAX_INT32,
  MIN_INT32,
  subtractInt32,
} from '../src/int32.ts';

describe('int32 as Go computes it', () => {
  test('wraps sums and differences', () => {
    expect(addInt32(MAX_INT32, 1)).toBe(MIN_INT32);
    expect(subtractInt32(MIN_INT32, 1)).toBe(MAX_INT32);
  });

  test('keeps the low 32 bits of an int64', () => {
    expect(int32FromInt64(0x1_0000_0005n)).toBe(5);
    expect(int32FromInt64(0x8000_0000n)).toBe(MIN_INT32);
    expect(int32FromInt64(5)).toBe(5);
    expect(int32FromInt64(0x1_0000_0007)).toBe(7);
  });

  test.each([
    [2.9, 2],
    [-2.9, -2],
    [-0.5, 0],
    [2_147_483_647.5, MAX_INT32],
    [2_147_483_648, MIN_INT32],
    [-2_147_483_648.5, MIN_INT32],
    [-2_147_483_647.5, MIN_INT32 + 1],
    [-2_147_483_647, MIN_INT32 + 1],
    [-2_147_483_649, MIN_INT32],
    [-3e9, MIN_INT32],
    [-Infinity, MIN_INT32],
    [Infinity, MIN_INT32],
    [Number.NaN, MIN_INT32],
  ])('converts the float %d to %d, as amd64 does', (value, expected) => {
    expect(int32FromFloat(value)).toBe(expected);
  });

  test('tells integers of 32 bits from all else', () => {
    expect([0, -1, MAX_INT32, MIN_INT32].every(isInt32)).toBe(true);
    expect([0.5, Number.NaN, Infinity, MAX_INT32 + 1, '1', 1n, null].some(isInt32)).toBe(false);
  });
});
