import type { Missing } from '@bellows/core';
import { missing } from '@bellows/core';
import type { PodStatus } from '@bellows/kubelet';
import type { ScrapeTarget } from '@bellows/scrape';

/** Names of container ports that serve metrics, best first. */
const METRICS_PORT_NAMES = ['metrics', 'admin'] as const;
const DEFAULT_PATH = '/metrics';

/**
 * Where a pod's metrics are: the port in its annotation `prometheus.io/port`, else its container port
 * named `metrics`, else the one named `admin`; path `prometheus.io/path` or `/metrics`.
 *
 * @returns Missing with the reason for a pod that is not scraped: it does not run, is terminating,
 *   says `prometheus.io/scrape: "false"`, or names no port.
 */
export function scrapeTarget(pod: PodStatus): ScrapeTarget | Missing {
  const { annotations } = pod.metadata;
  if (pod.deletionTimestampMs !== undefined) return missing('the pod is terminating');
  if (pod.phase !== 'Running') return missing(`the pod is ${pod.phase}`);
  if (annotations['prometheus.io/scrape'] === 'false') {
    return missing('the pod says prometheus.io/scrape: "false"');
  }
  const port = metricsPort(pod);
  if (typeof port === 'string') return missing(port);
  const path = annotations['prometheus.io/path'] ?? DEFAULT_PATH;
  return {
    podName: pod.metadata.name,
    podUid: pod.metadata.uid,
    url: `http://${pod.podIP}:${pod.portMap[port] ?? port}${path.startsWith('/') ? path : `/${path}`}`,
  };
}

/** The port, or why there is none. */
function metricsPort(pod: PodStatus): number | string {
  const annotated = pod.metadata.annotations['prometheus.io/port'];
  if (annotated !== undefined) {
    const port = /^\d{1,5}$/.test(annotated) ? Number(annotated) : 0;
    return port >= 1 && port <= 65_535
      ? port
      : `prometheus.io/port is ${JSON.stringify(annotated)}, expected a port from 1 to 65535`;
  }
  const ports = pod.spec.containers.flatMap(({ ports: containerPorts }) => containerPorts);
  for (const name of METRICS_PORT_NAMES) {
    const found = ports.find((port) => port.name === name);
    if (found !== undefined) return found.containerPort;
  }
  return 'the pod names no metrics port: add the annotation prometheus.io/port, or name a container port "metrics"';
}
