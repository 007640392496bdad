import { goTypeName, isSlice, type GoValue } from './go-value.ts';
import { quoteGo } from './go-quote.ts';
import { printValue } from './print-value.ts';

const DIRECTIVE = /%[-+# 0]*\d*(?:\.\d*)?[%a-zA-Z]/g;
const PARTS = /^%([-+# 0]*)(\d*)(?:\.(\d*))?(.)$/;
/** No query needs a wider field; Go's own bound would let a template fill the memory. */
const MAX_WIDTH = 10_000;

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/**
 * `printf` of templates, for the verbs v, s, q, d, t, x, X, c, e, f, g and T with flags, width and precision.
 * What does not fit is marked in the text, as Go does: `%!d(string=a)`.
 *
 * @see golang/go go1.26 src/fmt/print.go
 */
export function printFormat(format: string, values: readonly GoValue[]): string {
  let used = 0;
  const text = format.replace(DIRECTIVE, (directive) => {
    const verb = readVerb(directive);
    if (verb.letter === '%') return '%';
    if (used >= values.length) return `%!${verb.letter}(MISSING)`;
    used += 1;
    return pad(show(values[used - 1], verb), verb);
  });
  const extra = values.slice(used).map((value) => `${goTypeName(value)}=${printValue(value)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}

function readVerb(directive: string): Verb {
  const [, flags = '', width = '', precision, letter = ''] = PARTS.exec(directive) ?? [];
  return {
    flags,
    width: Math.min(Number(width), MAX_WIDTH),
    precision: precision === undefined ? undefined : Number(precision),
    letter,
  };
}

function pad(text: string, { flags, width }: Verb): string {
  if (flags.includes('-')) return text.padEnd(width);
  const isZeroed = flags.includes('0') && /^[-+]?[\d.]/.test(text);
  if (!isZeroed) return text.padStart(width);
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function show(value: GoValue, verb: Verb): string {
  if (verb.letter === 'v') return printValue(value);
  if (verb.letter === 'T') return goTypeName(value);
  if (isSlice(value)) return `[${value.map((item) => show(item, verb)).join(' ')}]`;
  const shown =
    typeof value === 'string'
      ? showString(value, verb)
      : typeof value === 'bigint'
        ? showInteger(value, verb)
        : typeof value === 'number'
          ? showFloat(value, verb)
          : undefined;
  if (shown !== undefined) return shown;
  if (typeof value === 'boolean' && verb.letter === 't') return String(value);
  return `%!${verb.letter}(${goTypeName(value)}=${printValue(value)})`;
}

function showString(value: string, { letter, precision }: Verb): string | undefined {
  const text = precision === undefined ? value : Array.from(value).slice(0, precision).join('');
  if (letter === 's') return text;
  if (letter === 'q') return quoteGo(text);
  const isHex = letter === 'x' || letter === 'X';
  if (!isHex) return undefined;
  const hex = Buffer.from(text).toString('hex');
  return letter === 'x' ? hex : hex.toUpperCase();
}

function showInteger(value: bigint, { letter, flags }: Verb): string | undefined {
  const sign = flags.includes('+') && value >= 0n ? '+' : '';
  if (letter === 'd') return sign + value.toString();
  if (letter === 'x') return sign + value.toString(16);
  if (letter === 'X') return sign + value.toString(16).toUpperCase();
  if (letter === 'c') return String.fromCodePoint(Number(value & 0x1fffffn) % 0x110000);
  return undefined;
}

function showFloat(value: number, { letter, precision, flags }: Verb): string | undefined {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  const digits = Math.min(precision ?? 6, 100);
  if (letter === 'f') return sign + value.toFixed(digits);
  if (letter === 'e') return sign + twoDigitExponent(value.toExponential(digits));
  if (letter !== 'g') return undefined;
  return (
    sign +
    (precision === undefined
      ? printValue(value)
      : String(Number(value.toPrecision(Math.max(1, digits)))))
  );
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}
