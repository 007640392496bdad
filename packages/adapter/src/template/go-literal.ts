import type { GoValue } from './go-value.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([^]))/g;

/** The text of a quoted or raw string literal, or undefined if it is none. */
export function unquoteGo(literal: string): string | undefined {
  if (literal.startsWith('`')) return literal.slice(1, -1).replaceAll('\r', '');
  const quote = literal.startsWith('"') ? '"' : "'";
  const text = literal.slice(1, -1);
  const escapes = text.match(ESCAPE) ?? [];
  if (escapes.some((escape) => escapedCharacter(escape, quote) === undefined)) return undefined;
  return text.replace(ESCAPE, (escape) => escapedCharacter(escape, quote) ?? '');
}

function escapedCharacter(escape: string, quote: string): string | undefined {
  const letter = escape.slice(1, 2);
  if (letter === '"' || letter === "'") return letter === quote ? letter : undefined;
  if (escape.length === 2) return ESCAPES[letter];
  const code = /[xuU]/.test(letter)
    ? Number.parseInt(escape.slice(2), 16)
    : Number.parseInt(escape.slice(1), 8);
  const max = /[uU]/.test(letter) ? 0x10ffff : 0xff;
  return code <= max ? String.fromCodePoint(code) : undefined;
}

/** The number of a character literal, or undefined if it is not one character. */
export function characterGo(literal: string): bigint | undefined {
  const text = unquoteGo(literal);
  const code = text?.codePointAt(0);
  if (code === undefined || text !== String.fromCodePoint(code)) return undefined;
  return BigInt(code);
}

/** A number literal as an int (bigint) or a float64 (number), or undefined if it is neither. */
export function numberGo(literal: string): GoValue {
  const text = literal.replaceAll('_', '');
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[+-]/, '');
  if (/^0[xXbBoO]/.test(digits) || /^[1-9]\d*$|^0$/.test(digits)) {
    return inInt64(BigInt(sign) * BigInt(digits));
  }
  if (/^0[0-7]+$/.test(digits)) return inInt64(BigInt(sign) * BigInt(`0o${digits}`));
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function inInt64(value: bigint): bigint | undefined {
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
