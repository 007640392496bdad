import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFloatText } from '../../src/float-text.ts';
import { createPageReader } from '../../src/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The value on a page that differs from the page before by it alone; undefined if the page is refused. */
function reread(before: string, text: string): number | undefined {
  const reader = createPageReader();
  reader.read(bytesOf(`a 1\nx{l="v"} ${before}\nz 2\n`), 'text');
  try {
    return reader.read(bytesOf(`a 1\nx{l="v"} ${text}\nz 2\n`), 'text').values[1];
  } catch {
    return undefined;
  }
}

const digits = fc.stringMatching(/^[0-9]{0,25}$/);
const exponent = fc.stringMatching(/^([eE][+-]?[0-9]{0,4})?$/);
/** Decimals of any length, with and without sign, point, leading zeros and exponent, some of them no numbers. */
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+', '--'), digits, fc.constantFrom('', '.'), digits, exponent)
  .map((parts) => parts.join(''));
const value = fc.oneof(
  decimal,
  fc.double().map(String),
  fc.maxSafeInteger().map(String),
  fc.constantFrom('NaN', 'nan', '+Inf', '-Inf', 'inf', 'Infinity', '1e309', '0x1p3', '1_000', '٣'),
  fc.stringMatching(/^[-+.0-9eEinfINFaN_x]{1,12}$/),
);

test('a value that has changed is what the plain rule reads, to the last bit, or is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom('0', '12', '0.5', '123456789'), value, (before, text) => {
      expect(reread(before, text)).toBe(parseFloatText(text));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['000000000000000000001', 1],
  ['999999999999999', 999_999_999_999_999],
  ['9007199254740993', 9_007_199_254_740_992],
  ['0.1000000000000000055511151231257827', 0.1],
  ['-0', -0],
  ['1e-400', 0],
])('reads %s as %d', (text, expected) => {
  expect(reread('7', text)).toBe(expected);
});
