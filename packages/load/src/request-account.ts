import { DDSketch } from '@datadog/sketches-js';
import { LastSecond } from './last-second.ts';
import type { LoadAccount, LossKind } from './load.ts';

/** Losses kept with their details. */
export const LOSSES_KEPT = 100;

/** What became of a request. */
export type Outcome =
  | { readonly kind: 'answered' | 'shed' }
  | { readonly kind: 'lost'; readonly loss: LossKind; readonly detail: string };

/** A request, for its entry in the account. */
export interface AccountedRequest {
  /** When it was to be sent, on the clock of `performance.now()`. */
  readonly arrivedAtMs: number;
  /** `GET /items/7`. */
  readonly title: string;
}

/** Keeps the account of a load: every arrival ends as exactly one outcome. */
export class RequestAccount {
  #sent = 0;
  #answered = 0;
  #shed = 0;
  #lost = 0;
  readonly #lostBy: Record<LossKind, { newConnection: number; reusedConnection: number }> = {
    refused: { newConnection: 0, reusedConnection: 0 },
    reset: { newConnection: 0, reusedConnection: 0 },
    truncated: { newConnection: 0, reusedConnection: 0 },
    timedOut: { newConnection: 0, reusedConnection: 0 },
    serverError: { newConnection: 0, reusedConnection: 0 },
  };
  readonly #losses: LoadAccount['losses'][number][] = [];
  readonly #latencies = new DDSketch({ relativeAccuracy: 0.01 });
  readonly #lastSecond = new LastSecond();

  get inFlight(): number {
    return this.#sent - this.#answered - this.#shed - this.#lost;
  }

  addArrival(nowMs: number): void {
    this.#sent += 1;
    this.#lastSecond.addArrival(nowMs);
  }

  addOutcome(
    request: AccountedRequest,
    outcome: Outcome,
    nowMs: number,
    reusedConnection: boolean,
  ): void {
    switch (outcome.kind) {
      case 'answered': {
        const latencySeconds = Math.max(0, nowMs - request.arrivedAtMs) / 1000;
        this.#answered += 1;
        this.#latencies.accept(latencySeconds);
        this.#lastSecond.addLatency(nowMs, latencySeconds);
        break;
      }
      case 'shed':
        this.#shed += 1;
        break;
      case 'lost':
        this.#lost += 1;
        this.#lostBy[outcome.loss][reusedConnection ? 'reusedConnection' : 'newConnection'] += 1;
        if (this.#losses.length < LOSSES_KEPT) {
          this.#losses.push({
            atMs: Date.now(),
            kind: outcome.loss,
            request: request.title,
            reusedConnection,
            detail: outcome.detail,
          });
        }
    }
  }

  /** The account as it is now; a copy. */
  read(nowMs: number): LoadAccount {
    const quantile = (q: number): number => this.#latencies.getValueAtQuantile(q);
    return {
      sent: this.#sent,
      answered: this.#answered,
      shed: this.#shed,
      lost: this.#lost,
      inFlight: this.inFlight,
      lostBy: structuredClone(this.#lostBy),
      latencySeconds:
        this.#answered === 0
          ? undefined
          : { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) },
      lastSecond: this.#lastSecond.read(nowMs),
      losses: [...this.#losses],
    };
  }
}
