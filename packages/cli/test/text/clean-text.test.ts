import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../src/text/clean-text.ts';

describe('cleanText', () => {
  test.each([
    ['plain text', 'plain text'],
    ['two\nlines\r\nand a\ttab', 'two lines and a    tab'],
    ['  indented  ', '  indented'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['turned \u202earound', 'turned  around'],
  ])('makes %j one harmless line', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test('leaves no control character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
