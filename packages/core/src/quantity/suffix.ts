/** How a quantity is written: `12M`, `12Mi` or `12e6`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** What a suffix multiplies by: `base` to the power of `exponent`. */
export interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const KNOWN = new Map<string, Suffix>([
  ...DECIMAL.map((text, index): [string, Suffix] => [
    text,
    { base: 10, exponent: (index - 3) * 3, format: 'DecimalSI' },
  ]),
  ...BINARY.map((text, index): [string, Suffix] => [
    text,
    { base: 2, exponent: (index + 1) * 10, format: 'BinarySI' },
  ]),
]);

const MAX_EXPONENT = 9_223_372_036_854_775_807n;

/**
 * Reads a suffix, or undefined if it is none. An exponent is cut to 32 bits, as upstream's
 * (`e4294967299` is `e3`); one beyond 64 bits is no suffix.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/suffix.go
 */
export function parseSuffix(text: string): Suffix | undefined {
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  if (!/^[eE][+-]?\d+$/.test(text)) return undefined;
  const exponent = BigInt(text.slice(1).replace('+', ''));
  if (exponent > MAX_EXPONENT || exponent < -MAX_EXPONENT - 1n) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' };
}

/** Writes a suffix; empty where the format has none for the exponent. */
export function formatSuffix(base: 2 | 10, exponent: number, format: QuantityFormat): string {
  if (format === 'DecimalExponent') return exponent === 0 ? '' : `e${exponent}`;
  return (base === 2 ? BINARY[exponent / 10 - 1] : DECIMAL[exponent / 3 + 3]) ?? '';
}
