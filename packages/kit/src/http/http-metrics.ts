import { METHODS } from 'node:http';
import type { CounterSeries, GaugeSeries, HistogramSeries } from '../instruments/instrument.ts';
import type { Counter, Histogram } from '../instruments/instrument.ts';
import type { MetricRegistry } from '../instruments/metric-registry.ts';
import { SHED_REASONS, type ShedReason } from './shed-reason.ts';

/** The `route` of requests that nobody has named. */
export const UNKNOWN_ROUTE = 'unknown';

/** The `method` of requests with a method that HTTP/1 does not have. */
export const OTHER_METHOD = 'other';

const KNOWN_METHODS: ReadonlySet<string> = new Set([...METHODS, OTHER_METHOD]);

/** The `code` of a request whose client went away before an answer began, as nginx has it. */
export const CLIENT_GONE_CODE = 499;

interface RouteSeries {
  readonly duration: HistogramSeries;
  /** By status code: a list with holes is read faster than a map. */
  readonly byCode: (CounterSeries | undefined)[];
}

/** Counts requests. The series of a route are looked up once and kept: a request costs two lookups, no text. */
export class HttpMetrics {
  readonly inFlight: GaugeSeries;
  readonly #requests: Counter<'method' | 'route' | 'code'>;
  readonly #durations: Histogram<'method' | 'route'>;
  readonly #shed: ReadonlyMap<ShedReason, CounterSeries>;
  readonly #routes = new Map<string, Map<string, RouteSeries>>();
  readonly #maxRoutes: number;

  constructor(registry: MetricRegistry, maxRoutes: number) {
    this.#maxRoutes = maxRoutes;
    this.#requests = registry.counter({
      name: 'http_requests_total',
      help: 'Requests whose response has ended.',
      labelNames: ['method', 'route', 'code'],
    });
    this.#durations = registry.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request, its headers read, to the end of its response.',
      labelNames: ['method', 'route'],
    });
    this.inFlight = registry
      .gauge({
        name: 'http_requests_in_flight',
        help: 'Requests whose response has not ended.',
      })
      .labels({});
    const shed = registry.counter({
      name: 'http_requests_shed_total',
      help: 'Requests refused with 503 because there was no room for them.',
      labelNames: ['reason'],
    });
    this.#shed = new Map(SHED_REASONS.map((reason) => [reason, shed.labels({ reason })]));
    // A rate over all series needs a sample before the first request: a new, idle pod is at 0, not unknown.
    this.#codeSeries(this.#routeSeries('GET', UNKNOWN_ROUTE), 'GET', UNKNOWN_ROUTE, 200);
  }

  countShed(reason: ShedReason): void {
    this.#shed.get(reason)?.inc();
  }

  /** Counts a request that has ended. */
  countRequest(
    { method, route }: { readonly method: string; readonly route: string },
    code: number,
    durationSeconds: number,
  ): void {
    const series = this.#routeSeries(method, route);
    series.duration.observe(durationSeconds);
    this.#codeSeries(series, method, route, code).inc();
  }

  #routeSeries(method: string, route: string): RouteSeries {
    let ofRoute = this.#routes.get(route);
    if (ofRoute === undefined) {
      ofRoute = new Map();
      // Beyond the cap the registry answers with its overflow series; keeping those would grow without end.
      if (this.#routes.size < this.#maxRoutes) this.#routes.set(route, ofRoute);
    }
    let series = ofRoute.get(method);
    if (series === undefined) {
      // HTTP/2 takes any word for a method.
      if (!KNOWN_METHODS.has(method)) return this.#routeSeries(OTHER_METHOD, route);
      series = { duration: this.#durations.labels({ method, route }), byCode: [] };
      ofRoute.set(method, series);
    }
    return series;
  }

  #codeSeries(series: RouteSeries, method: string, route: string, code: number): CounterSeries {
    let counter = series.byCode[code];
    if (counter === undefined) {
      counter = this.#requests.labels({ method, route, code });
      series.byCode[code] = counter;
    }
    return counter;
  }
}
