import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from '../../src/names/utf8-length.ts';

test('is the number of bytes that a text takes in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('counts a lone surrogate as what replaces it', () => {
  expect(utf8Length('\ud800')).toBe(Buffer.byteLength('\ud800'));
});
