import type { MetricFamily } from '@bellows/exposition';
import type { Source } from '../source/source.ts';
import { CounterFamily, gaugeFamily, HistogramFamily } from './instruments.ts';
import { partMetrics, sourceFamilies } from './part-metrics.ts';
import { processMetrics } from './process-metrics.ts';

/** Buckets of k8s.io/component-base's `ExponentialBuckets(1, 1.364, 20)`, in seconds. */
const FRESHNESS_BOUNDS = Array.from({ length: 20 }, (_, index) => 1.364 ** index);
/** Buckets of client_golang's `DefBuckets`, in seconds. */
const DURATION_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Which group of the metrics APIs a request was for. */
export type MetricsGroup = 'custom.metrics.k8s.io' | 'external.metrics.k8s.io' | 'metrics.k8s.io';

/** What is asked of the server when its page is read. */
export interface SelfState {
  /** In the order they are asked in. */
  readonly sources: readonly Source[];
  /** End of the serving certificate, in milliseconds since the epoch; undefined: not known. */
  readonly certificateExpiresAtMs?: number | undefined;
  /** Whether the configuration on disk is the one that is served. */
  readonly isConfigCurrent: boolean;
}

/**
 * The server's own metrics. `metrics_apiserver_metric_freshness_seconds` and
 * `prometheus_adapter_prometheus_client_request_duration_seconds` are prometheus-adapter's, so that its dashboards go on; all others
 * begin with `bellows_adapter_`.
 *
 * @see kubernetes-sigs/custom-metrics-apiserver v1.30.0 pkg/apiserver/metrics/metrics.go
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/client/metrics/metrics.go
 */
export class SelfMetrics {
  readonly #freshness = new HistogramFamily(
    {
      name: 'metrics_apiserver_metric_freshness_seconds',
      help: 'Age of each value in an answer when it was sent.',
    },
    FRESHNESS_BOUNDS,
  );
  readonly #prometheus = new HistogramFamily(
    {
      name: 'prometheus_adapter_prometheus_client_request_duration_seconds',
      help: 'Time of a request to Prometheus, by what was asked and where.',
    },
    DURATION_BOUNDS,
  );
  readonly #requests = new CounterFamily({
    name: 'bellows_adapter_requests_total',
    help: 'Requests by group, verb, HTTP status and the source that answered.',
  });
  readonly #durations = new HistogramFamily(
    {
      name: 'bellows_adapter_request_duration_seconds',
      help: 'Time a source took to answer a request, by group and source.',
    },
    DURATION_BOUNDS,
  );
  readonly #errors = new CounterFamily({
    name: 'bellows_adapter_source_errors_total',
    help: 'Requests that a source could not answer, by source and error code.',
  });
  readonly #missing = new CounterFamily({
    name: 'bellows_adapter_missing_values_total',
    help: 'Values that were left out of an answer since they are missing, by source.',
  });
  readonly #clamped = new CounterFamily({
    name: 'bellows_adapter_clamped_values_total',
    help: 'Values of external metrics below 0 that were answered as 0, by source.',
  });
  readonly #events = new CounterFamily({
    name: 'bellows_adapter_events_total',
    help: 'Events that were written to autoscalers, by whether the API server took them.',
  });
  /** Age of the newest value each source gave, and when it gave it. */
  readonly #newest = new Map<string, { readonly atMs: number }>();
  readonly #now: () => number;

  /** @param now - Milliseconds since the epoch. */
  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** A request was answered. @param source - Empty: by none. */
  request(group: string, verb: string, code: number, source: string): void {
    this.#requests.add({ group, verb, code: String(code), source });
  }

  /** A source took so long. */
  sourceDuration(group: MetricsGroup, source: string, seconds: number): void {
    this.#durations.observe({ group, source }, seconds);
  }

  /** A source gave a value of that time, in milliseconds since the epoch. */
  value(group: MetricsGroup, source: string, atMs: number): void {
    // A clock that is ahead makes no value that is younger than now.
    this.#freshness.observe({ group }, Math.max(0, (this.#now() - atMs) / 1000));
    if (atMs >= (this.#newest.get(source)?.atMs ?? Number.NEGATIVE_INFINITY)) {
      this.#newest.set(source, { atMs });
    }
  }

  /** A source left a value out. */
  missing(source: string): void {
    this.#missing.add({ source });
  }

  /** So many values of a source were below 0 and answered as 0: a sum below 0 is an overflow to an autoscaler. */
  clamped(source: string, count: number): void {
    if (count > 0) this.#clamped.add({ source }, count);
  }

  /** A source could not answer. */
  sourceError(source: string, code: string): void {
    this.#errors.add({ source, code });
  }

  /** Prometheus was asked. @param path - Such as `/api/v1/query`. @param server - URL without credentials. */
  prometheusRequest(path: string, server: string, seconds: number): void {
    this.#prometheus.observe({ path, server }, seconds);
  }

  /** An Event was written, or refused. */
  event(result: 'written' | 'refused'): void {
    this.#events.add({ result });
  }

  /** All of them, and what the state says. */
  read(state: SelfState): MetricFamily[] {
    return [
      this.#freshness.read(),
      this.#prometheus.read(),
      this.#requests.read(),
      this.#durations.read(),
      this.#errors.read(),
      this.#missing.read(),
      this.#clamped.read(),
      this.#events.read(),
      this.#ages(),
      ...stateFamilies(state),
      ...sourceFamilies(state.sources, this.#now()),
      ...processMetrics(),
    ];
  }

  #ages(): MetricFamily {
    const text = {
      name: 'bellows_adapter_sample_age_seconds',
      help: 'Age of the newest value that each source has given.',
    };
    const now = this.#now();
    return gaugeFamily(
      text,
      [...this.#newest].map(([source, { atMs }]) => [{ source }, Math.max(0, (now - atMs) / 1000)]),
    );
  }
}

function stateFamilies({
  sources,
  certificateExpiresAtMs,
  isConfigCurrent,
}: SelfState): MetricFamily[] {
  const prefix = 'bellows_adapter_';
  return [
    gaugeFamily(
      {
        name: `${prefix}source_ready`,
        help: 'Whether a source can say of each metric its value or why there is none.',
      },
      sources.map((source) => [{ source: source.name }, Number(source.isReady())]),
    ),
    ...partMetrics(sources),
    gaugeFamily(
      {
        name: `${prefix}registry_metrics`,
        help: 'Metrics that discovery lists, by group and source.',
      },
      sources.flatMap((source) => registrySizes(source)),
    ),
    gaugeFamily(
      {
        name: `${prefix}tls_cert_expiry_timestamp_seconds`,
        help: 'End of the serving certificate.',
      },
      certificateExpiresAtMs === undefined ? [] : [[{}, certificateExpiresAtMs / 1000]],
    ),
    gaugeFamily(
      {
        name: `${prefix}config_last_reload_success`,
        help: 'Whether the configuration on disk is the one that is served.',
      },
      [[{}, Number(isConfigCurrent)]],
    ),
  ];
}

function registrySizes(source: Source): (readonly [Readonly<Record<string, string>>, number])[] {
  const sizeOf = (group: MetricsGroup, list: { list(): readonly unknown[] } | undefined) =>
    list === undefined ? [] : [[{ group, source: source.name }, list.list().length] as const];
  return [
    ...sizeOf('custom.metrics.k8s.io', source.custom),
    ...sizeOf('external.metrics.k8s.io', source.external),
  ];
}
