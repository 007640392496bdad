import { describe, expect, test } from 'vitest';
import type { GoValue } from '../../src/template/go-value.ts';
import { printFormat } from '../../src/template/print-format.ts';

describe('printFormat', () => {
  test.each<[string, GoValue[], string]>([
    ['%s:%q', ['a', 'b"'], 'a:"b\\""'],
    ['%v %d', [['x', 'y'], 2n], '[x y] 2'],
    ['%5s|%-5s|%05d', ['a', 'b', -7n], '    a|b    |-0007'],
    ['%.2f %+d %x %X %t%%', [1.005, 3n, 255n, 'hi', true], '1.00 +3 ff 6869 true%'],
    ['%.2s %c %e', ['héllo', 97n, 1234.5], 'hé a 1.234500e+03'],
    ['%q', [['a', 'b']], '["a" "b"]'],
    ['%d', ['a'], '%!d(string=a)'],
    ['%s %s', ['a'], 'a %!s(MISSING)'],
    ['x', ['a', 1n], 'x%!(EXTRA string=a, int=1)'],
    ['%T %T', [1n, new Map()], 'int map[string]string'],
  ])('prints $0', (format, values, text) => {
    expect(printFormat(format, values)).toBe(text);
  });

  test('bounds the width', () => {
    expect(printFormat('%999999999d', [1n])).toHaveLength(10_000);
  });
});
