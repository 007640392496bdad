import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePage, isValidUtf8 } from '../../src/read/decode-page.ts';

describe('decodePage', () => {
  test('decodes UTF-8, a byte order mark included', () => {
    expect(decodePage(Buffer.from('\ufeffé😀'))).toBe('\ufeffé😀');
  });

  test.each([
    [[0x61, 0xff, 0x62], 'a\udcffb'],
    [[0xc3], '\udcc3'],
    [[0xc0, 0x80], '\udcc0\udc80'],
    [[0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    [[0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
    [[0xff, 0xf0, 0x9f, 0x98, 0x80], '\udcff😀'],
  ])('keeps each byte of %j that is no UTF-8 as a lone surrogate', (bytes, text) => {
    const decoded = decodePage(Uint8Array.from(bytes));
    expect([decoded, isValidUtf8(Uint8Array.from(bytes), 0, bytes.length)]).toEqual([text, false]);
  });

  test('finds any bytes valid exactly when the platform does', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (page) => {
        const isValid = Buffer.from(Buffer.from(page).toString('utf8')).equals(page);
        expect(isValidUtf8(page, 0, page.length)).toBe(isValid);
      }),
    );
  });
});
