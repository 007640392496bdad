import { formError } from './form-error.ts';

type Line = Readonly<Record<string, unknown>>;

/**
 * A text of a line. One that is not UTF-8 stands as `{"b64": …}`: each byte becomes one character, so that
 * it stays text that no rule accepts.
 */
export function text(line: Line, key: string): string {
  const value = line[key];
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'b64' in value) {
    return Buffer.from(String(value.b64), 'base64').toString('latin1');
  }
  throw formError(`${key} to be a text`, value);
}

/** An integer of a line. */
export function integer(line: Line, key: string): number {
  const value = line[key];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw formError(`${key} to be an integer`, value);
}
