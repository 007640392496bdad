import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFloatText } from '../../src/float-text.ts';
import { readNumber } from '../../src/read/read-number.ts';

function read(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  return readNumber({ bytes, end: bytes.length, at: 0 });
}

test('reads what the plain rule reads, to the last bit', () => {
  const digits = fc.stringMatching(/^-?\d{1,18}(\.\d{0,18})?([eE][+-]?\d{1,3})?$/);
  const anyText = fc.oneof(
    digits,
    fc.double().map(String),
    fc.stringMatching(/^[-+.0-9eEinfINFa_x]{1,9}$/),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      expect(read(text)).toBe(parseFloatText(text));
    }),
    { numRuns: 3000 },
  );
});

test.each([' ', '\t', '\n', '{', '\0'])('stops before %j', (end) => {
  const bytes = new TextEncoder().encode(`12.5${end}7`);
  const cursor = { bytes, end: bytes.length, at: 0 };
  expect([readNumber(cursor), cursor.at]).toEqual([12.5, 4]);
});

test('stays where no number is', () => {
  const bytes = new TextEncoder().encode('x1 ');
  const cursor = { bytes, end: bytes.length, at: 0 };
  expect([readNumber(cursor), cursor.at]).toEqual([undefined, 0]);
});

test('a long text that is no number is refused in time that grows with its length only', () => {
  expect(read(`${'1'.repeat(1_000_000)}x`)).toBeUndefined();
});
