import { BellowsError } from '@bellows/core';

/** How often something failed, by error code. */
export class ErrorTally {
  readonly #counts = new Map<string, number>();

  /** By code; what has none is `INTERNAL`. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Counts one. */
  add(error: unknown): void {
    const code = BellowsError.is(error) ? error.code : 'INTERNAL';
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }
}

/** Counts of several tallies together. */
export function sumOf(
  ...all: readonly (ReadonlyMap<string, number> | undefined)[]
): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const counts of all) {
    for (const [code, count] of counts ?? []) sum.set(code, (sum.get(code) ?? 0) + count);
  }
  return sum;
}
