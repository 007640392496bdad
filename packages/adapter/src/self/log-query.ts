import type { PrometheusRequest } from '../prometheus/prometheus-client.ts';
import type { Log } from './log.ts';

/** Logs a request to a Prometheus: what was asked, how long it took and what became of it. It holds no header, and no user or password of the URL. */
export function logQuery(log: Log, request: PrometheusRequest): void {
  const { path, server, parameters, durationMs, error } = request;
  log('info', 'Prometheus was asked', {
    ...{ server, path, parameters: Object.fromEntries(parameters) },
    durationMs: Math.round(durationMs * 10) / 10,
    ...(error !== undefined && { error }),
  });
}
