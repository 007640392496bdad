import { BellowsError, type Selector } from '@bellows/core';
import { isLabelName } from '../naming/label-matchers.ts';
import type { QueryResult } from '../value/query-result.ts';
import { askFor, type PrometheusBackend } from './backend.ts';
import { SingleFlight } from './single-flight.ts';

/** A query, and whom it is put to. */
export interface RunQuery {
  readonly backend: PrometheusBackend;
  readonly query: string;
  /** Of the request; empty: none. */
  readonly namespace: string;
}

/** How long a version that was read is taken for the current one, in milliseconds. */
const VERSION_AGE_MS = 600_000;
/** The first that takes labels in quotes. */
const FIRST_WITH_QUOTES = 3;

/** Puts queries; the same query is put once for all who ask at the same time. */
export class QueryRunner {
  readonly #flights = new SingleFlight<QueryResult>();
  readonly #keys = new WeakMap<PrometheusBackend, number>();
  readonly #versions = new WeakMap<
    PrometheusBackend,
    { readonly major: number; readonly atMs: number }
  >();
  readonly #now: () => number;
  #backends = 0;

  /** @param now - Milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws BellowsError `ERR_ADAPTER_SOURCE` when there is no answer. */
  async run({ backend, query, namespace }: RunQuery, signal: AbortSignal): Promise<QueryResult> {
    const tenant = backend.tenantHeader ? namespace : '';
    const key = JSON.stringify([this.#keyOf(backend), tenant, query]);
    return this.#flights.share(
      key,
      (shared) => backend.client.query(query, askFor(backend, namespace, { signal: shared })),
      signal,
    );
  }

  /**
   * Refuses a selector with keys that the Prometheus takes for no labels, such as `example.com/queue` before version 3.
   *
   * @throws BellowsError `ERR_ADAPTER_QUERY`.
   */
  async checkLabels(
    backend: PrometheusBackend,
    selector: Selector,
    signal: AbortSignal,
  ): Promise<void> {
    const other = selector.requirements.find(({ key }) => !isLabelName(key));
    if (other === undefined || (await this.#majorVersion(backend, signal)) >= FIRST_WITH_QUOTES) {
      return;
    }
    throw new BellowsError(
      'ERR_ADAPTER_QUERY',
      `Expected labels of Prometheus in the metric's selector, got ${other.key}`,
      {
        remedy:
          'Use labels of letters, digits and underscores; Prometheus takes others from version 3 on.',
      },
    );
  }

  async #majorVersion(backend: PrometheusBackend, signal: AbortSignal): Promise<number> {
    const known = this.#versions.get(backend);
    if (known !== undefined && this.#now() - known.atMs < VERSION_AGE_MS) return known.major;
    const major = Number.parseInt((await backend.client.version({ signal })) ?? '0', 10);
    this.#versions.set(backend, { major, atMs: this.#now() });
    return major;
  }

  #keyOf(backend: PrometheusBackend): number {
    let key = this.#keys.get(backend);
    if (key === undefined) {
      key = this.#backends += 1;
      this.#keys.set(backend, key);
    }
    return key;
  }
}
