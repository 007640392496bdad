import { SIMULATED_PORT } from './start-pages.ts';

/** How {@link autoscaledObjects} are. */
export interface Autoscaled {
  readonly name: string;
  readonly namespace: string;
  /** Pods to begin with. */
  readonly replicas: number;
  /** Most pods. */
  readonly maxReplicas: number;
  /** Requests a second that a pod is meant to take. */
  readonly averageValue: number;
}

/** A Deployment for simulated pods, and an HPA of it on `http_requests_per_second`. */
export function autoscaledObjects(options: Autoscaled): object[] {
  const { name, namespace, replicas, maxReplicas, averageValue } = options;
  const labels = { app: name };
  const metadata = { name, namespace };
  const container = {
    name: 'app',
    image: 'none',
    ports: [{ containerPort: SIMULATED_PORT, name: 'metrics' }],
  };
  const target = { type: 'AverageValue', averageValue: String(averageValue) };
  return [
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
      spec: {
        ...{ replicas, selector: { matchLabels: labels } },
        template: {
          metadata: { labels },
          spec: { terminationGracePeriodSeconds: 1, containers: [container] },
        },
      },
    },
    {
      ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        ...{ minReplicas: 1, maxReplicas, behavior: {} },
        metrics: [{ type: 'Pods', pods: { metric: { name: 'http_requests_per_second' }, target } }],
      },
    },
  ];
}
