import { goTypeName, type GoValue } from './go-value.ts';

/** Called for values that cannot be compared; must throw. */
type Fail = (problem: string) => never;

/**
 * `eq`: whether the first value equals one of the others.
 *
 * @see golang/go go1.26 src/text/template/funcs.go eq
 */
export function equalsAny(first: GoValue, others: readonly GoValue[], fail: Fail): boolean {
  if (others.length === 0) fail('missing argument for comparison');
  return others.some((other) => {
    for (const value of [first, other]) {
      if (typeof value === 'object' && value !== null) {
        fail(`non-comparable type ${goTypeName(value)}`);
      }
    }
    const areNil = (first ?? null) === null || (other ?? null) === null;
    if (areNil) return (first ?? null) === (other ?? null);
    if (typeof first !== typeof other) fail('incompatible types for comparison');
    return first === other;
  });
}

/** `lt`: whether one value comes before another of its type. */
export function isBefore(a: GoValue, b: GoValue, fail: Fail): boolean {
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
  }
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  return fail(
    typeof a === typeof b ? 'invalid type for comparison' : 'incompatible types for comparison',
  );
}
