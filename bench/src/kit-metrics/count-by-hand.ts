import type { RequestListener } from 'node:http';

/** The part of prom-client that is used by hand; the kit's stand-in has the same. */
export interface PromClientLike {
  readonly Counter: new (configuration: MetricConfiguration) => {
    inc(labels: Readonly<Record<string, string | number>>): void;
  };
  readonly Histogram: new (configuration: MetricConfiguration) => {
    observe(labels: Readonly<Record<string, string | number>>, value: number): void;
  };
}

interface MetricConfiguration {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
}

/** Counts and times requests with a counter and a histogram, as prom-client's README has it. */
export function countByHand(
  client: PromClientLike,
  route: string,
  listener: RequestListener,
): RequestListener {
  const requests = new client.Counter({
    name: 'app_requests_total',
    help: 'Requests.',
    labelNames: ['method', 'route', 'code'],
  });
  const durations = new client.Histogram({
    name: 'app_request_duration_seconds',
    help: 'Time of requests.',
    labelNames: ['method', 'route'],
  });
  return (request, response) => {
    const startMs = performance.now();
    response.on('finish', () => {
      const method = request.method ?? 'GET';
      requests.inc({ method, route, code: response.statusCode });
      durations.observe({ method, route }, (performance.now() - startMs) / 1000);
    });
    listener(request, response);
  };
}
