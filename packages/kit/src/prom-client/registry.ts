import { BellowsError } from '@bellows/core';
import { writeExposition, type ExpositionFormat } from '@bellows/exposition';
import { MetricsView } from '../admin/metrics-view.ts';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import type { Metric } from '../instruments/metric.ts';
import { MetricRegistry } from '../instruments/metric-registry.ts';
import { collectTasks } from '../instruments/registry-source.ts';
import { readMetric, type MetricReading, type MetricValue } from './metric-reading.ts';

/** Label sets of a metric while no kit has said otherwise, as of `maxSeriesPerMetric`. */
const DEFAULT_MAX_SERIES = 1000;

/** `Content-Type` of text 0.0.4. */
export const prometheusContentType: RegistryContentType =
  'text/plain; version=0.0.4; charset=utf-8';
/** `Content-Type` of OpenMetrics 1.0.0. */
export const openMetricsContentType: RegistryContentType =
  'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** One of the two content types. */
export type RegistryContentType =
  | 'text/plain; version=0.0.4; charset=utf-8'
  | 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const FORMATS: Readonly<Record<string, ExpositionFormat>> = {
  [prometheusContentType]: { version: 'text/0.0.4', escaping: 'allow-utf-8' },
  [openMetricsContentType]: { version: 'openmetrics/1.0.0', escaping: 'allow-utf-8' },
};

/** A set of metrics with prom-client's methods. The kit serves the default one at its admin port. */
export class Registry extends MetricRegistry {
  /** `Content-Type` of text 0.0.4. */
  static readonly PROMETHEUS_CONTENT_TYPE: RegistryContentType = prometheusContentType;
  /** `Content-Type` of OpenMetrics 1.0.0. */
  static readonly OPENMETRICS_CONTENT_TYPE: RegistryContentType = openMetricsContentType;

  #contentType: string;
  #defaultLabels: Readonly<Record<string, string>> = {};
  #view: MetricsView | undefined;

  /** @throws BellowsError `ERR_KIT_OPTION` for another content type. */
  constructor(contentType: RegistryContentType = prometheusContentType) {
    super(DEFAULT_MAX_SERIES);
    this.#contentType = requireContentType(contentType);
  }

  /** A registry with the metrics of several. @throws BellowsError `ERR_KIT_OPTION` unless their content types are the same. */
  static merge(registers: readonly Registry[]): Registry {
    const types = new Set(registers.map(({ contentType }) => contentType));
    const [type = prometheusContentType] = types;
    if (types.size > 1)
      throw unsupported('registers of one content type', [...types].join(' and '));
    const merged = new Registry(type as RegistryContentType);
    for (const { all } of registers) for (const metric of all) merged.add(metric);
    return merged;
  }

  /** What {@link Registry.metrics} writes. */
  get contentType(): string {
    return this.#contentType;
  }

  /** @throws BellowsError `ERR_KIT_OPTION` for another content type. */
  setContentType(contentType: RegistryContentType): void {
    this.#contentType = requireContentType(contentType);
  }

  /** Labels that all series have besides their own, on every page. */
  setDefaultLabels(labels: Readonly<Record<string, string | number>>): void {
    const texts = Object.entries(labels).map(([name, value]) => [name, String(value)]);
    this.#defaultLabels = Object.fromEntries(texts) as Record<string, string>;
    const { source } = this;
    this.journal.append({ kind: 'default-labels', source, labels: this.#defaultLabels });
  }

  /** Takes a metric in. @throws BellowsError `ERR_KIT_METRIC` when its name is taken. */
  registerMetric(metric: Metric<never>): void {
    this.add(metric);
  }

  /** Its metrics. */
  getMetricsAsArray(): Metric<string>[] {
    return [...this.all];
  }

  /** The metric of that name; undefined when there is none. */
  getSingleMetric(name: string): Metric<string> | undefined {
    return this.find(name);
  }

  /** Lets go of the metric of that name. */
  removeSingleMetric(name: string): void {
    this.delete(name);
  }

  /** Lets go of all metrics and default labels. */
  clear(): void {
    for (const { name } of this.getMetricsAsArray()) this.delete(name);
    this.setDefaultLabels({});
  }

  /** Removes the series of all metrics; those without labels are at 0 again. */
  resetMetrics(): void {
    for (const metric of this.all) metric.reset();
  }

  /**
   * The page, after every `collect` function has run: for an endpoint of the service's own. The admin port's page
   * takes no time of this thread. Rejects with what a `collect` function throws.
   */
  async metrics(): Promise<string> {
    await this.#collect();
    return this.#write(() => true);
  }

  /** The part of the page that is about one metric. Rejects with what its `collect` function throws. */
  async getSingleMetricAsString(name: string): Promise<string> {
    await this.#collect(name);
    return this.#write((family) => family === name);
  }

  /** The metrics as objects, after every `collect` function has run. Rejects with what one of them throws. */
  async getMetricsAsJSON(): Promise<MetricReading[]> {
    await this.#collect();
    return this.getMetricsAsArray().map((metric) => {
      const { values, ...reading } = readMetric(metric);
      const withDefaults = values.map((value): MetricValue => {
        return { ...value, labels: { ...value.labels, ...this.#defaultLabels, ...value.labels } };
      });
      return { ...reading, values: withDefaults };
    });
  }

  async #collect(name?: string): Promise<void> {
    for (const { metric, run } of collectTasks(this)) {
      if (name === undefined || metric === name) await run();
    }
  }

  /** On this thread, from what another one would render. */
  #write(isWanted: (name: string) => boolean): string {
    if (this.#view === undefined) {
      const view = (this.#view = new MetricsView(this.journal.entries));
      this.journal.follow((entry) => {
        view.apply(entry);
      });
    }
    const families = [...this.#view.families(monotonicSeconds())];
    const wanted = families.filter(({ name }) => isWanted(name));
    return writeExposition(wanted, FORMATS[this.#contentType]);
  }
}

function requireContentType(contentType: string): string {
  if (Object.hasOwn(FORMATS, contentType)) return contentType;
  throw unsupported('a content type that is supported', contentType);
}

function unsupported(expected: string, got: string): BellowsError {
  return new BellowsError('ERR_KIT_OPTION', `Expected ${expected}, got \`${got}\``, {
    place: { field: 'contentType' },
    remedy: 'Use Registry.PROMETHEUS_CONTENT_TYPE or Registry.OPENMETRICS_CONTENT_TYPE.',
  });
}
