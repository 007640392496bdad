import { expect, test } from 'vitest';
import { escapeText, quoteLabelName, quoteName } from '../../src/write/quote.ts';

test('names outside the old alphabet are quoted', () => {
  expect(quoteName('a:b')).toBe('a:b');
  expect(quoteLabelName('a:b')).toBe('"a:b"');
  expect(quoteName('a.b')).toBe('"a.b"');
  expect(quoteName('a"\\\n')).toBe('"a\\"\\\\\\n"');
  expect(quoteName('')).toBe('""');
});

test('quotes are escaped only where asked for', () => {
  expect(escapeText('a"\\', false)).toBe('a"\\\\');
  expect(escapeText('a"\\', true)).toBe('a\\"\\\\');
});
