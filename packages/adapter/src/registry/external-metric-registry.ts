import type { MetricNamer, ExternalQuery } from '../naming/metric-namer.ts';
import type { SeriesShape } from './series.ts';

/** What is asked for. */
export interface ExternalMetricRequest extends Omit<ExternalQuery, 'series'> {
  /** The metric's name. */
  readonly metric: string;
}

/** An external metric's series and the rule that it comes from. */
export interface ExternalSeries {
  /** Name of its series. */
  readonly series: string;
  /** The rule. */
  readonly namer: MetricNamer;
}

/**
 * Which external metrics there are, and what Prometheus is asked for each.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/external-provider/external_series_registry.go
 */
export class ExternalMetricRegistry {
  readonly #entries: ReadonlyMap<string, ExternalSeries>;

  /** @param found - Each rule with its series; a later rule's metric takes the place of an earlier one's. */
  constructor(
    found: readonly { readonly namer: MetricNamer; readonly series: readonly SeriesShape[] }[],
  ) {
    const entries = new Map<string, ExternalSeries>();
    for (const { namer, series } of found) {
      for (const { name } of series) {
        const metric = namer.nameOf(name);
        if (metric !== undefined) entries.set(metric, { series: name, namer });
      }
    }
    this.#entries = entries;
  }

  /** Names of all metrics, sorted. */
  list(): string[] {
    return [...this.#entries.keys()].sort();
  }

  /**
   * The PromQL of a request; undefined for a metric that is not there.
   *
   * @throws BellowsError `ERR_ADAPTER_QUERY` or `ERR_ADAPTER_TEMPLATE` when no query can be made.
   */
  query({ metric, namespace, selector }: ExternalMetricRequest): string | undefined {
    const entry = this.find(metric);
    return entry?.namer.queryExternal({ series: entry.series, namespace, selector });
  }

  /** What is known of a metric; undefined if it is not there. */
  find(metric: string): ExternalSeries | undefined {
    return this.#entries.get(metric);
  }
}
