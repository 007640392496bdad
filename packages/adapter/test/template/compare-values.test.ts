import { describe, expect, test } from 'vitest';
import { equalsAny, isBefore } from '../../src/template/compare-values.ts';

const fail = (problem: string): never => {
  throw new Error(problem);
};

describe('equalsAny', () => {
  test('finds the first value among the others', () => {
    expect(equalsAny('a', ['b', 'a'], fail)).toBe(true);
    expect(equalsAny(1n, [2n], fail)).toBe(false);
    expect(equalsAny(null, [undefined], fail)).toBe(true);
  });

  test('refuses what Go cannot compare', () => {
    expect(() => equalsAny(1n, ['1'], fail)).toThrow('incompatible types');
    expect(() => equalsAny(['a'], [['a']], fail)).toThrow('non-comparable type []string');
    expect(() => equalsAny('a', [], fail)).toThrow('missing argument');
  });
});

describe('isBefore', () => {
  test('orders numbers by value and texts by bytes', () => {
    expect(isBefore(1n, 2n, fail)).toBe(true);
    expect(isBefore(2.5, 1.5, fail)).toBe(false);
    expect(isBefore('Z', 'a', fail)).toBe(true);
    expect(isBefore('\u{ffff}', '\u{10000}', fail)).toBe(true);
  });

  test('refuses what has no order', () => {
    expect(() => isBefore(true, false, fail)).toThrow('invalid type');
    expect(() => isBefore(1n, 1.5, fail)).toThrow('incompatible types');
  });
});
