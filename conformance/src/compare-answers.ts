import { isDeepStrictEqual } from 'node:util';
import type { Mismatch } from './suite.ts';

/**
 * Compares answers key by key, nested values as a whole. A key that is undefined is absent; -0 is 0.
 */
export function compareAnswers(
  expected: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
): Mismatch[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys]
    .filter((key) => !isSame(expected[key], got[key]))
    .map((key) => ({ field: key, expected: show(expected[key]), got: show(got[key]) }));
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === 0 && b === 0) return true;
  return isDeepStrictEqual(a, b);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON has no NaN and no infinity.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
