/** A value from outside as text. */
export function shownValue(value: unknown): string {
  return String(value);
}
