import type { ScalarNode } from './manifest-node.ts';

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:|~|null|Null|NULL)$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
/** What Go's time.Parse takes for a date; kubectl keeps it as text. */
const DATE = /^\d{4}-\d/;

/** Smallest and largest integer that Kubernetes' YAML reads as one. */
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 64n - 1n;
/** Characters of 64 binary digits with sign and prefix; no longer text is an integer of 64 bits. */
const MAX_INTEGER_LENGTH = 67;

/**
 * What an unquoted scalar means to Kubernetes, which reads YAML 1.1: `yes`, `no`, `on`, `off`, `y` and `n`
 * are booleans, `010` is octal, `1_000` is a number; there are no base-60 numbers, and dates stay text.
 *
 * @returns Undefined for a number that JSON cannot carry (`.inf`, `.nan`).
 * @see go.yaml.in/yaml/v2 v2.4.4 resolve.go, which sigs.k8s.io/yaml v1.6.0 uses
 */
export function resolvePlainScalar(text: string, offset: number): ScalarNode | undefined {
  if (NULL.test(text)) return { kind: 'null', offset };
  if (TRUE.test(text)) return { kind: 'boolean', value: true, text, offset };
  if (FALSE.test(text)) return { kind: 'boolean', value: false, text, offset };
  if (NOT_FINITE.test(text)) return undefined;
  if (!/^[-+.0-9]/.test(text) || DATE.test(text)) return { kind: 'string', value: text, offset };
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = parseInteger(digits);
  if (integer !== undefined) {
    return { kind: 'number', value: Number(integer), json: integer.toString(), text, offset };
  }
  const value = FLOAT.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(value)) return { kind: 'string', value: text, offset };
  return { kind: 'number', value, json: String(value), text, offset };
}

/** Go's `ParseInt` with base 0; undefined outside 64 bits. */
function parseInteger(text: string): bigint | undefined {
  const match = text.length > MAX_INTEGER_LENGTH ? null : INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = ''] = match;
  const isOctal = /^0[0-7]/.test(digits);
  const magnitude = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const value = sign === '-' ? -magnitude : magnitude;
  return value >= MIN_INTEGER && value <= MAX_INTEGER ? value : undefined;
}

/** Whether the text of a number reads as octal by its leading zero, which its author rarely meant. */
export function isLeadingZeroOctal(text: string): boolean {
  return /^[-+]?0[0-7_]+$/.test(text) && /[1-9]/.test(text);
}
