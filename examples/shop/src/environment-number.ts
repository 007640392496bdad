/**
 * Reads a number from an environment variable.
 *
 * @throws Error when it is set and not a number from `least` to `most`.
 */
export function environmentNumber(
  name: string,
  fallback: number,
  [least, most]: readonly [number, number],
): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`Expected ${name} to be a number from ${least} to ${most}, got "${text}"`);
}
