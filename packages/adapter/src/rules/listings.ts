import type { DiscoveryRule } from '../config/discovery-rule.ts';
import type { PrometheusBackend } from './backend.ts';
import { SeriesListing, type ListingOptions } from './series-listing.ts';

/** A rule and whom it asks. */
export interface BackedRule {
  readonly rule: DiscoveryRule;
  readonly backend: PrometheusBackend;
}

/** What all listings have in common. */
export type ListingDefaults = Omit<ListingOptions, 'backend' | 'seriesQuery'>;

/** One list for each different `seriesQuery` of a backend, however many rules have it. */
export class Listings {
  readonly #byBackend = new Map<PrometheusBackend, Map<string, SeriesListing>>();

  /** @param before - Lists that are taken over where they are still needed. */
  constructor(rules: readonly BackedRule[], defaults: ListingDefaults, before?: Listings) {
    for (const backed of rules) {
      const { rule, backend } = backed;
      const { seriesQuery } = rule;
      const listing =
        this.of(backed) ??
        before?.of(backed) ??
        new SeriesListing({ ...defaults, backend, seriesQuery });
      const queries = this.#byBackend.get(backend) ?? new Map<string, SeriesListing>();
      this.#byBackend.set(backend, queries.set(seriesQuery, listing));
    }
  }

  /** The list of a rule; undefined: there is none. */
  of({ rule, backend }: BackedRule): SeriesListing | undefined {
    return this.#byBackend.get(backend)?.get(rule.seriesQuery);
  }

  /** All lists. */
  all(): SeriesListing[] {
    return [...this.#byBackend.values()].flatMap((queries) => [...queries.values()]);
  }

  /** Starts those that have not been started; resolves when each has been tried once. */
  async start(): Promise<void> {
    const all = this.all();
    for (const listing of all) listing.start();
    await Promise.all(all.map(({ triedOnce }) => triedOnce));
  }

  /** Stops all but those of `kept`. */
  async stop(kept?: Listings): Promise<void> {
    const stays = new Set(kept?.all());
    const unused = this.all().filter((listing) => !stays.has(listing));
    await Promise.all(unused.map((listing) => listing.stop()));
  }
}
