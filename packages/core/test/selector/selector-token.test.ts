import { describe, expect, test } from 'vitest';
import { lexSelector } from '../../src/selector/selector-token.ts';

describe('lexSelector', () => {
  test('takes the longest symbol and ends at the end', () => {
    expect(lexSelector('a!==b ').map(({ text }) => text)).toEqual(['a', '!=', '=', 'b', '']);
  });

  test('passes a NUL after a token and ends at any other', () => {
    expect(lexSelector('a\0b').map(({ text }) => text)).toEqual(['a', 'b', '']);
    expect(lexSelector('a \0b').map(({ text }) => text)).toEqual(['a', '']);
  });
});
