import { missing, type Missing } from '@bellows/core';
import type { ScrapeTarget } from '../scraper.ts';
import type { PodEndpoint, ScrapablePod } from './scrapable-pod.ts';

/** Names of container ports that serve metrics, best first. */
const METRICS_PORT_NAMES = ['metrics', 'admin'] as const;
const DEFAULT_PATH = '/metrics';
const MAX_PORT = 65_535;

/**
 * Where a pod itself says that its page is: the port in its annotation `prometheus.io/port`, else its container
 * port named `metrics`, else the one named `admin`; path `prometheus.io/path` or `/metrics`, scheme
 * `prometheus.io/scheme` or `http`.
 *
 * @returns Missing with the reason where it says `prometheus.io/scrape: "false"`, or names no port.
 */
export function podEndpoint(pod: ScrapablePod): PodEndpoint | Missing {
  const { annotations } = pod;
  if (annotations['prometheus.io/scrape'] === 'false') {
    return missing('the pod says prometheus.io/scrape: "false"');
  }
  const scheme = annotations['prometheus.io/scheme'] ?? 'http';
  if (!isScheme(scheme)) {
    return missing(`prometheus.io/scheme is ${JSON.stringify(scheme)}, expected http or https`);
  }
  const port = metricsPort(pod);
  if (typeof port === 'string') return missing(port);
  return { port, path: pathOf(annotations['prometheus.io/path']), scheme };
}

/**
 * The target of a pod's endpoint.
 *
 * @param realPort - Where a machine gives a pod other ports than it asked for: the one behind a port.
 * @returns Missing with the reason for a pod that is not scraped: it does not run, is terminating, or has no
 *   address.
 */
export function podTarget(
  pod: ScrapablePod,
  endpoint: PodEndpoint | Missing,
  realPort: (port: number) => number = (port) => port,
): ScrapeTarget | Missing {
  if (pod.isTerminating) return missing('the pod is terminating');
  if (pod.phase !== 'Running') return missing(`the pod is ${pod.phase}`);
  if ('kind' in endpoint) return endpoint;
  if (pod.ip === undefined) return missing('the pod has no address yet');
  const host = pod.ip.includes(':') ? `[${pod.ip}]` : pod.ip;
  return {
    podName: pod.name,
    podUid: pod.uid,
    ...(pod.namespace !== undefined && { namespace: pod.namespace }),
    url: `${endpoint.scheme}://${host}:${realPort(endpoint.port)}${endpoint.path}`,
  };
}

/** The path with a slash before it; the default where there is none. */
export function pathOf(path: string | undefined): string {
  if (path === undefined || path === '') return DEFAULT_PATH;
  return path.startsWith('/') ? path : `/${path}`;
}

/** Whether it is the number of a port. */
export function isPort(port: number | undefined): port is number {
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= MAX_PORT;
}

/** Whether it is a scheme that is scraped. */
export function isScheme(scheme: string): scheme is PodEndpoint['scheme'] {
  return scheme === 'http' || scheme === 'https';
}

/** The port, or why there is none. */
function metricsPort({ annotations, ports }: ScrapablePod): number | string {
  const annotated = annotations['prometheus.io/port'];
  if (annotated !== undefined) {
    const port = /^\d{1,5}$/.test(annotated) ? Number(annotated) : 0;
    return isPort(port)
      ? port
      : `prometheus.io/port is ${JSON.stringify(annotated)}, expected a port from 1 to ${MAX_PORT}`;
  }
  for (const name of METRICS_PORT_NAMES) {
    const found = ports.find((port) => port.name === name);
    if (found !== undefined) return found.containerPort;
  }
  return 'the pod names no metrics port: add the annotation prometheus.io/port, or name a container port "metrics"';
}
