import { cpus, freemem, totalmem } from 'node:os';
import type { Observed } from '@bellows/core';
import type { MetricFamily, MetricType, Sample } from '@bellows/exposition';
import type { ContainerUsage, PodStatus } from '@bellows/kubelet';

/** A pod and the last sample of its usage. */
export interface PodUsage {
  readonly pod: PodStatus;
  readonly usage: readonly ContainerUsage[];
}

/**
 * What a kubelet serves at `/metrics/resource`, each value with the time of its sample.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/metrics/collectors/resource_metrics.go
 */
export function resourceMetrics(pods: readonly PodUsage[], nowMs: number): MetricFamily[] {
  const cpu = (one: ContainerUsage): Observed<number> => one.cpuSecondsTotal;
  const memory = (one: ContainerUsage): Observed<number> => one.memoryWorkingSetBytes;
  const busySeconds = cpus().reduce(
    (sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000,
    0,
  );
  const node = (value: number): Omit<Sample, 'name'>[] => [
    { labels: {}, value, timestampMs: nowMs },
  ];
  return [
    family('container_cpu_usage_seconds_total', 'counter', ofContainers(pods, cpu)),
    family('container_memory_working_set_bytes', 'gauge', ofContainers(pods, memory)),
    family('container_start_time_seconds', 'gauge', startTimes(pods)),
    family('node_cpu_usage_seconds_total', 'counter', node(busySeconds)),
    family('node_memory_working_set_bytes', 'gauge', node(totalmem() - freemem())),
    family('pod_cpu_usage_seconds_total', 'counter', ofPods(pods, cpu)),
    family('pod_memory_working_set_bytes', 'gauge', ofPods(pods, memory)),
    family('resource_scrape_error', 'gauge', [{ labels: {}, value: 0 }]),
  ];
}

const HELP: Readonly<Record<string, string>> = {
  container_cpu_usage_seconds_total:
    '[STABLE] Cumulative cpu time consumed by the container in core-seconds',
  container_memory_working_set_bytes: '[STABLE] Current working set of the container in bytes',
  container_start_time_seconds: '[STABLE] Start time of the container since unix epoch in seconds',
  node_cpu_usage_seconds_total: '[STABLE] Cumulative cpu time consumed by the node in core-seconds',
  node_memory_working_set_bytes: '[STABLE] Current working set of the node in bytes',
  pod_cpu_usage_seconds_total: '[STABLE] Cumulative cpu time consumed by the pod in core-seconds',
  pod_memory_working_set_bytes: '[STABLE] Current working set of the pod in bytes',
  resource_scrape_error:
    '[STABLE] 1 if there was an error while getting container metrics, 0 otherwise',
};

function family(
  name: string,
  type: MetricType,
  samples: readonly Omit<Sample, 'name'>[],
): MetricFamily {
  const help = HELP[name];
  return {
    ...{ name, type, samples: samples.map((sample) => ({ name, ...sample })) },
    ...(help !== undefined && { help }),
  };
}

type Reading = (usage: ContainerUsage) => Observed<number>;

function ofContainers(pods: readonly PodUsage[], read: Reading): Omit<Sample, 'name'>[] {
  return pods.flatMap(({ pod: { metadata }, usage }) =>
    usage.flatMap((one) => {
      const seen = read(one);
      if (seen.kind !== 'value') return [];
      const labels = {
        ...{ container: one.container, namespace: metadata.namespace, pod: metadata.name },
      };
      return [{ labels, value: seen.value, timestampMs: seen.atMs }];
    }),
  );
}

/** Sums; a pod of which one container is not known has none. */
function ofPods(pods: readonly PodUsage[], read: Reading): Omit<Sample, 'name'>[] {
  return pods.flatMap(({ pod: { metadata }, usage }) => {
    const seen = usage.map(read).filter((one) => one.kind === 'value');
    if (seen.length === 0 || seen.length < usage.length) return [];
    const value = seen.reduce((sum, one) => sum + one.value, 0);
    const timestampMs = Math.max(...seen.map(({ atMs }) => atMs));
    return [{ labels: { namespace: metadata.namespace, pod: metadata.name }, value, timestampMs }];
  });
}

function startTimes(pods: readonly PodUsage[]): Omit<Sample, 'name'>[] {
  return pods.flatMap(({ pod: { metadata, containerStatuses } }) =>
    containerStatuses.flatMap(({ name, state }) =>
      state.kind === 'running'
        ? [
            {
              labels: { container: name, namespace: metadata.namespace, pod: metadata.name },
              value: state.startedAtMs / 1000,
            },
          ]
        : [],
    ),
  );
}
