import { describe, expect, test } from 'vitest';
import { floatPowerOfTen, powerOfTen } from '../../src/quantity/power-of-ten.ts';

describe('powerOfTen', () => {
  test('is exact up to the limit and refuses more', () => {
    expect(powerOfTen(45)).toBe(10n ** 45n);
    expect(() => powerOfTen(4097)).toThrow(expect.objectContaining({ code: 'ERR_CORE_QUANTITY' }));
  });
});

describe('floatPowerOfTen', () => {
  test("is Go's table: infinite above 1e308, zero below 1e-323", () => {
    expect([floatPowerOfTen(309), floatPowerOfTen(-324)]).toEqual([Number.POSITIVE_INFINITY, 0]);
    expect([floatPowerOfTen(-3), floatPowerOfTen(21)]).toEqual([0.001, 1e21]);
  });
});
