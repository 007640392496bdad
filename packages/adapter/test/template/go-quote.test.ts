import { describe, expect, test } from 'vitest';
import { quoteGo } from '../../src/template/go-quote.ts';

describe('quoteGo', () => {
  test.each([
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['a\nb\tc\u0000', '"a\\nb\\tc\\x00"'],
    ['é 日本 €', '"é 日本 €"'],
    ['\u200b\u00a0\u{e0001}', '"\\u200b\\u00a0\\U000e0001"'],
    ['\u007f', '"\\x7f"'],
  ])('%j is %s', (text, quoted) => {
    expect(quoteGo(text)).toBe(quoted);
  });
});
