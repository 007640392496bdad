import { describe, expect, test } from 'vitest';
import { recordedText } from '../src/recorded-text.ts';

describe('recordedText', () => {
  test('is the text, its bytes in base64 where it was no UTF-8, or the digest of a long one', () => {
    expect(recordedText('é')).toBe('é');
    expect(recordedText('1\udcff')).toEqual({ b64: 'Mf8=' });
    expect(recordedText('x'.repeat(2001))).toMatchObject({ len: 2001 });
  });
});
