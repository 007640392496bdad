import type { SeriesShape } from '../registry/series.ts';
import { askFor } from './backend.ts';
import type { UsableRule } from './rule-set.ts';
import { SingleFlight } from './single-flight.ts';
import { wantedSeries } from './wanted-series.ts';

/** A metric that was not found is looked for again after so long, in milliseconds. */
const AGAIN_AFTER_MS = 30_000;
/** Searches within one such time: whoever may ask for metrics can make up as many names as he likes. */
const MAX_SEARCHES = 60;
/** A search may take so long, in milliseconds: an autoscaler waits for it. */
const SEARCH_TIMEOUT_MS = 5_000;

/** What is looked for. */
export interface WantedMetric {
  readonly metric: string;
  /** Of the request, which says whose data is asked for. */
  readonly namespace: string;
}

/**
 * Looks for a metric that no list of series has shown: one that appeared after the last list, and one that only some tenant has.
 * Prometheus is asked for just the series that may have that name, once per name in 30 seconds and 60 times in all.
 */
export class MetricSearch {
  readonly #maxAgeMs: number;
  readonly #now: () => number;
  readonly #flights = new SingleFlight<boolean>();
  readonly #searchedAtMs = new Map<string, number>();

  /** @param now - Milliseconds since the epoch. */
  constructor(maxAgeMs: number, now: () => number) {
    this.#maxAgeMs = maxAgeMs;
    this.#now = now;
  }

  /**
   * True when series were found, which the rules' lists have then.
   *
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when Prometheus could not be asked.
   */
  async find(
    wanted: WantedMetric,
    rules: readonly UsableRule[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const key = JSON.stringify([wanted.metric, wanted.namespace]);
    const selectors = rules.flatMap((rule) => {
      const selector = wantedSeries(rule.namer, wanted.metric);
      return selector === undefined ? [] : [{ rule, selector }];
    });
    if (selectors.length === 0) return false;
    if (!this.#flights.has(key) && !this.#maySearch(key)) return false;
    return this.#flights.share(
      key,
      async (shared) => {
        const found = await Promise.all(
          selectors.map(({ rule, selector }) =>
            this.#search(wanted, rule, { selector, signal: shared }),
          ),
        );
        return found.includes(true);
      },
      signal,
    );
  }

  async #search(
    { metric, namespace }: WantedMetric,
    rule: UsableRule,
    { selector, signal }: { readonly selector: string; readonly signal: AbortSignal },
  ): Promise<boolean> {
    const { backend } = rule;
    const options = askFor(backend, namespace, { signal, timeoutMs: SEARCH_TIMEOUT_MS });
    const sinceMs = this.#now() - this.#maxAgeMs;
    const shapes = await backend.client.series(selector, sinceMs, options);
    const { takes, nameOf } = rule.namer;
    const found = shapes.filter(({ name }: SeriesShape) => takes(name) && nameOf(name) === metric);
    if (found.length > 0) rule.listing.add(found);
    return found.length > 0;
  }

  #maySearch(key: string): boolean {
    const nowMs = this.#now();
    for (const [known, atMs] of this.#searchedAtMs) {
      if (nowMs - atMs < AGAIN_AFTER_MS) break;
      this.#searchedAtMs.delete(known);
    }
    if (this.#searchedAtMs.has(key) || this.#searchedAtMs.size >= MAX_SEARCHES) return false;
    this.#searchedAtMs.set(key, nowMs);
    return true;
  }
}
