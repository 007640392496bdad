import { missing, observed, type Observed, type Quantity } from '@bellows/core';
import type { SourceState } from '../source/source.ts';
import { sampleQuantity } from '../value/sample-quantity.ts';

/** What one poll says of one metric. */
export type PolledResult =
  /** `warning`: what somebody should look at, though there is a value. */
  | { readonly kind: 'value'; readonly value: number; readonly warning?: string }
  /** Why there is no value, without address, query or secret: it reaches who asks. */
  | { readonly kind: 'problem'; readonly problem: string };

/**
 * The value of one polled metric. The last one is held while it is not too old, since a poll that failed says nothing about it; then
 * it is missing, never 0.
 */
export class PolledValue {
  readonly #staleAfterMs: number;
  #value: number | undefined;
  #atMs = Number.NEGATIVE_INFINITY;
  #problem: string | undefined = 'it has not been asked for yet';

  /** @param staleAfterMs - A value older than this is missing, in milliseconds. */
  constructor(staleAfterMs: number) {
    this.#staleAfterMs = staleAfterMs;
  }

  /** What keeps it from being asked for now; undefined: nothing. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes what a poll says that began at `atMs`. A value that is no finite number is a problem. */
  take(result: PolledResult, atMs: number): void {
    if (result.kind === 'problem') this.#problem = result.problem;
    else if (!Number.isFinite(result.value)) this.#problem = `the value is ${String(result.value)}`;
    else {
      this.#problem = undefined;
      this.#value = result.value;
      this.#atMs = atMs;
    }
  }

  /** What it is at a time, in milliseconds since the epoch. */
  read(nowMs: number): Observed<Quantity> {
    if (this.#value === undefined) return missing(this.#problem ?? 'it has not been asked for yet');
    if (nowMs - this.#atMs <= this.#staleAfterMs) {
      const quantity = sampleQuantity(this.#value, this.#atMs, 'missing');
      return quantity.kind === 'value' ? observed(quantity.value, this.#atMs) : quantity;
    }
    return missing(this.#problem ?? 'its last value is too old');
  }

  /** How it does. */
  state(part: string): SourceState {
    return {
      part,
      ...(this.#problem !== undefined && { problem: this.#problem }),
      ...(this.#value !== undefined && { lastSuccessMs: this.#atMs }),
    };
  }
}
