import type { StartedNode } from '../node/start-node.ts';
import type { ControlPlane } from '../kube/control-plane.ts';
import { deployAdapter } from './deployed-adapter.ts';
import { deployNodePrometheus } from './node-prometheus.ts';

/** The adapter's configuration: pods are scraped each second; usage comes from the nodes, by Prometheus. */
const CONFIG = `
sources:
  - name: scraped
    pods: { interval: 1s }
resourceRules:
  cpu:
    containerQuery: sum by (<<.GroupBy>>) (irate(container_cpu_usage_seconds_total{<<.LabelMatchers>>,container!="",pod!=""}[4m]))
    nodeQuery: sum by (<<.GroupBy>>) (irate(node_cpu_usage_seconds_total{<<.LabelMatchers>>}[4m]))
    resources: { overrides: { node: { resource: node }, namespace: { resource: namespace }, pod: { resource: pod } } }
    containerLabel: container
  memory:
    containerQuery: sum by (<<.GroupBy>>) (container_memory_working_set_bytes{<<.LabelMatchers>>,container!="",pod!=""})
    nodeQuery: sum by (<<.GroupBy>>) (node_memory_working_set_bytes{<<.LabelMatchers>>})
    resources: { overrides: { node: { resource: node }, namespace: { resource: namespace }, pod: { resource: pod } } }
    containerLabel: container
  window: 15s
`;

/** The metrics APIs that an autoscaler of requests, queues and CPU needs. */
export interface ClusterMetrics {
  /** Ends them. */
  stop(): Promise<void>;
}

/** Runs the adapter among the pods, with the rights of its manifests, and a Prometheus that scrapes the nodes. */
export async function startClusterMetrics(
  plane: ControlPlane,
  nodes: readonly Pick<StartedNode, 'name' | 'address'>[],
): Promise<ClusterMetrics> {
  const { info } = plane;
  const addresses = Object.fromEntries(nodes.map(({ name, address }) => [name, address]));
  const prometheusUrl = await deployNodePrometheus(plane, info.folder, addresses);
  const adapter = await deployAdapter(info, {
    ...{ folder: info.folder, config: CONFIG, prometheusUrl, isInside: true },
    args: ['--register=custom,resource'],
  });
  return {
    async stop() {
      await adapter.stop();
    },
  };
}
