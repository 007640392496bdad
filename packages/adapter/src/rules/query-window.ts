import { BellowsError, parsePrometheusDuration } from '@bellows/core';

/** Texts in quotes, whose brackets are no ranges. */
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;
/** `[5m]`, or the range of a subquery `[5m:1m]`. */
const RANGE = /\[\s*([0-9a-z]+)\s*(?::[^\]]*)?\]/g;

/**
 * How long a time a query's values are of, in seconds: its range where it has one and no other. Undefined: it has none, or several.
 */
export function queryWindowSeconds(query: string): number | undefined {
  const ranges = new Set(
    [...query.replace(QUOTED, '""').matchAll(RANGE)].map(([, range = '']) => range),
  );
  const [range] = ranges;
  if (range === undefined || ranges.size > 1) return undefined;
  try {
    const seconds = parsePrometheusDuration(range) / 1000;
    return Number.isInteger(seconds) ? seconds : undefined;
  } catch (error) {
    if (BellowsError.is(error)) return undefined;
    throw error;
  }
}
