import { describe, expect, test } from 'vitest';
import { characterGo, numberGo, unquoteGo } from '../../src/template/go-literal.ts';

describe('unquoteGo', () => {
  test.each([
    ['"a\\tb\\"\\\\"', 'a\tb"\\'],
    ['"\\x41\\u00e9\\U0001F600\\101"', 'Aé😀A'],
    ['`a\\n\r\n`', 'a\\n\n'],
  ])('%s is %j', (literal, text) => {
    expect(unquoteGo(literal)).toBe(text);
  });

  test.each(['"\\q"', '"\\\'"', '"\\U00110000"', '"\\777"', '"\\x4"'])(
    '%s is no text',
    (literal) => {
      expect(unquoteGo(literal)).toBeUndefined();
    },
  );
});

describe('characterGo', () => {
  test('is the number of one character', () => {
    expect(characterGo("'é'")).toBe(233n);
    expect(characterGo("'\\''")).toBe(39n);
    expect(characterGo("'ab'")).toBeUndefined();
  });
});

describe('numberGo', () => {
  test.each([
    ['42', 42n],
    ['-0x1f', -31n],
    ['0b11', 3n],
    ['010', 8n],
    ['1_000', 1000n],
    ['1.5', 1.5],
    ['1e3', 1000],
  ])('%s is %s', (literal, value) => {
    expect(numberGo(literal)).toBe(value);
  });

  test('has no number beyond 64 bits or a double', () => {
    expect(numberGo('9223372036854775808')).toBeUndefined();
    expect(numberGo('1e999')).toBeUndefined();
  });
});
