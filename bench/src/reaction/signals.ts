/** One way a metric reaches the autoscaler. */
export interface Signal {
  /** In tables. */
  readonly title: string;
  /** A DNS label: part of the names of its objects. */
  readonly id: string;
  /** The metric that the autoscaler names. */
  readonly metric: string;
  /** Its target per pod; at the base load one pod is at 98 % of it. */
  readonly averageValue: number;
  /** How long the base load goes on before the step, so that each window is full of it, in seconds. */
  readonly warmUpSeconds: number;
  /** Time between two scrapes and the rate's range, where a Prometheus has the samples; undefined: pods are scraped directly. */
  readonly prometheus?: { readonly scrapeSeconds: number; readonly range: string };
}

/** Arrivals a second before the step: few, so that five services and their clients leave the machine idle. */
export const BASE_RATE = 4.9;
/** Arrivals a second from the step on: fivefold, so that five pods are enough (24.5 / 5 = 4.9) and four are not, beyond tolerance. */
export const STEP_RATE: number = 5 * BASE_RATE;
/** Pods that are enough from the step on. */
export const ENOUGH_PODS = 5;
/** Two seconds each: 9.8 requests in flight before the step, 49 after it. */
export const ANSWER_MS = 2_000;
/** Namespace of pods that are scraped directly; the others are in that of Prometheus. */
export const NAMESPACES = { direct: 'direct', prometheus: 'prometheus' } as const;

const REQUESTS = 5;
const IN_FLIGHT = 10;

const fromPrometheus = (scrapeSeconds: number, range: string, warmUpSeconds: number): Signal => ({
  title: `Prometheus each ${scrapeSeconds} s, rate[${range}]`,
  id: `scraped-${scrapeSeconds}`,
  metric: `requests_scraped_each_${scrapeSeconds}s`,
  ...{ averageValue: REQUESTS, warmUpSeconds, prometheus: { scrapeSeconds, range } },
});

/** What is compared. Ranges are those in use: two to four scrapes and more. */
export const SIGNALS: readonly Signal[] = [
  {
    title: 'direct, requests a second over 15 s',
    id: 'direct-rate',
    metric: 'http_requests_per_second',
    ...{ averageValue: REQUESTS, warmUpSeconds: 25 },
  },
  {
    title: 'direct, requests in flight',
    id: 'direct-in-flight',
    metric: 'http_requests_in_flight',
    ...{ averageValue: IN_FLIGHT, warmUpSeconds: 15 },
  },
  fromPrometheus(5, '30s', 45),
  fromPrometheus(15, '1m', 95),
  fromPrometheus(30, '2m', 185),
];

/** The namespace of a signal's pods. */
export function namespaceOf({ prometheus }: Signal): string {
  return prometheus === undefined ? NAMESPACES.direct : NAMESPACES.prometheus;
}
