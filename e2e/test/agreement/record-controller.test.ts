import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agreementText,
  createTestNamespace,
  makePodsReady,
  startMetricsApiServer,
  startRecordedControlPlane,
  type MetricsApiServer,
  type RecordedControlPlane,
  type ServedMetrics,
  type TestNamespace,
} from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const SYNC = ['--horizontal-pod-autoscaler-sync-period=1s'];
const PATIENT = { timeoutMs: 120_000, intervalMs: 200 };

/** A control plane of its own: the metrics APIs are registered once for all of it. */
describe.runIf(machineHas('kube'))('decide beside the HPA controller', () => {
  let plane: RecordedControlPlane;
  let client: KubernetesClient;
  let metrics: MetricsApiServer;
  let namespace: TestNamespace;

  beforeAll(async () => {
    plane = await startRecordedControlPlane({
      kube: await buildKube(),
      extraFlags: { 'controller-manager': SYNC },
    });
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig });
    metrics = await startMetricsApiServer(plane.info, client);
    namespace = await createTestNamespace(plane.info);
  });

  afterAll(async () => {
    await metrics.stop();
    await namespace.delete();
    client.close();
    await plane.stop();
  });

  /** Serves these until the controller has seen them and says so; pods that come meanwhile become ready. */
  async function untilReplicas(count: number, served: Partial<Served>): Promise<void> {
    await waitUntil(
      `${count} replicas`,
      async () => {
        const pods = await makePodsReady(namespace);
        metrics.serve(serve(pods, { ...QUIET, ...served }));
        return (await hpa()).currentReplicas === count && pods.length === count;
      },
      PATIENT,
    );
  }

  interface HpaStatus {
    readonly currentReplicas?: number;
    readonly conditions?: readonly { readonly reason: string }[];
  }

  async function hpa(): Promise<HpaStatus> {
    const path = `/apis/autoscaling/v2/namespaces/${namespace.name}/horizontalpodautoscalers/shop`;
    return (await client.get<{ status?: HpaStatus }>(path)).status ?? {};
  }

  const untilReason = (reason: string): Promise<unknown> =>
    waitUntil(
      reason,
      async () => (await hpa()).conditions?.some((condition) => condition.reason === reason),
      PATIENT,
    );

  test('comes to the same at each sync, whatever the load, the limits and the metrics do', async () => {
    await namespace.apply(DEPLOYMENT, HPA);
    // Nobody has a value yet.
    await untilReason('FailedGetResourceMetric');
    await untilReplicas(2, { rps: 20 });
    await untilReplicas(5, { rps: 50 });
    await untilReplicas(6, { lag: ['90', '10'] });
    // A metric that fails holds what the others would take away.
    metrics.serve(serve([], QUIET));
    await untilReason('FailedGetResourceMetric');
    await untilReplicas(1, {});
    await namespace.kubectl(['patch', 'hpa', 'shop', '--patch', '{"spec":{"minReplicas":3}}']);
    await untilReplicas(3, {});
    await namespace.kubectl(['scale', 'deployment/shop', '--replicas=9']);
    await waitUntil('it is cut to the most', () => plane.agreement().written.at(-1) === 6, PATIENT);
    await untilReplicas(3, {});
    await namespace.kubectl(['scale', 'deployment/shop', '--replicas=0']);
    await untilReason('ScalingDisabled');

    const agreement = plane.agreement();
    process.stdout.write(`${agreementText(agreement)}\n`);
    expect(agreement.unexplained).toEqual([]);
    expect(agreement.written).toEqual(expect.arrayContaining([5, 6, 1, 3]));
    expect(agreement.scaleIns).toBeGreaterThanOrEqual(2);
    expect(agreement.decisions).toBeGreaterThanOrEqual(agreement.written.length);
  }, 600_000);
});

interface Served {
  readonly cpu: string;
  /** Of all pods. */
  readonly rps: number;
  readonly lag: readonly string[];
}

/** What one replica does with ease. */
const QUIET: Served = { cpu: '10m', rps: 1, lag: ['1'] };

function serve(pods: readonly string[], { cpu, rps, lag }: Served): ServedMetrics {
  const each = (value: string): Record<string, string> =>
    Object.fromEntries(pods.map((pod) => [pod, value]));
  return {
    ...{
      cpu: each(cpu),
      container: 'shop',
      pods: { rps: each(`${Math.round((rps * 1000) / pods.length)}m`) },
    },
    external: { lag: [...lag] },
  };
}

const LABELS = { app: 'shop' };
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        containers: [{ name: 'shop', image: 'shop', resources: { requests: { cpu: '100m' } } }],
      },
    },
  },
};
const average = (averageValue: string): object => ({ type: 'AverageValue', averageValue });
const HPA = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    ...{ minReplicas: 1, maxReplicas: 6 },
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: average('10') } },
      { type: 'External', external: { metric: { name: 'lag' }, target: average('10') } },
    ],
    behavior: {
      scaleUp: { policies: [{ type: 'Pods', value: 3, periodSeconds: 5 }] },
      scaleDown: {
        stabilizationWindowSeconds: 5,
        policies: [{ type: 'Percent', value: 100, periodSeconds: 5 }],
      },
    },
  },
};
