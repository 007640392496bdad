import { ANSWER_MS, type Signal } from './signals.ts';

/** Pods of the benchmark tell their numbers here. */
export const ADMIN_PORT = 9400;
const PORT = 8080;

/** Deployment, Service and HorizontalPodAutoscaler of one step, all of one name. */
export function objectsOf(name: string, signal: Signal): object[] {
  const labels = { app: name };
  const metadata = { name, labels };
  return [
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec() },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata },
      spec: { selector: labels, ports: [{ port: 80, targetPort: PORT }] },
    },
    {
      ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        ...{ minReplicas: 1, maxReplicas: 10, behavior: {} },
        metrics: [
          {
            type: 'Pods',
            pods: {
              metric: { name: signal.metric },
              target: { type: 'AverageValue', averageValue: String(signal.averageValue) },
            },
          },
        ],
      },
    },
  ];
}

function podSpec(): object {
  const probe = (path: string): object => ({
    httpGet: { path, port: ADMIN_PORT },
    periodSeconds: 1,
  });
  return {
    terminationGracePeriodSeconds: 10,
    containers: [
      {
        ...{
          name: 'service',
          image: 'none',
          command: ['node', 'bench/dist/reaction/run-service.js'],
        },
        env: [
          { name: 'PORT', value: String(PORT) },
          { name: 'ANSWER_MS', value: String(ANSWER_MS) },
          { name: 'BELLOWS_DRAIN_DELAY_SECONDS', value: '1' },
        ],
        ports: [
          { name: 'http', containerPort: PORT },
          { name: 'admin', containerPort: ADMIN_PORT },
        ],
        startupProbe: { ...probe('/startupz'), failureThreshold: 60 },
        readinessProbe: probe('/readyz'),
      },
    ],
  };
}
