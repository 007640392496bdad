/** Longest value that is repeated in a message, in characters. */
const MAX_SHOWN_LENGTH = 80;

/** A value as messages show it: JSON, cut when long. It is something that JSON can say. */
export function showValue(value: string | number | boolean | object): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
}

/**
 * The API server's words for a problem.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/field/errors.go
 */
export const wording = {
  required: (detail?: string): string =>
    detail === undefined || detail === '' ? 'Required value' : `Required value: ${detail}`,
  invalid: (value: string | number | boolean | object, detail: string): string =>
    `Invalid value: ${showValue(value)}: ${detail}`,
  duplicate: (value: string | number | boolean | object): string =>
    `Duplicate value: ${showValue(value)}`,
  forbidden: (detail: string): string => `Forbidden: ${detail}`,
  notSupported: (value: string | number | boolean | object, supported: readonly string[]): string =>
    `Unsupported value: ${showValue(value)}: supported values: ${supported.map((one) => JSON.stringify(one)).join(', ')}`,
  tooLong: (maxBytes: number): string => `Too long: may not be more than ${maxBytes} bytes`,
} as const;
