import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  autoscaledObjects,
  createAuditLog,
  deployAdapter,
  HPA_USER,
  kubectl,
  startControlPlane,
  startSimulatedNode,
  startSimulatedPages,
  type AuditLog,
  type ControlPlane,
  type SimulatedNode,
  type SimulatedPages,
} from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import { machineHas, temporaryDirectory, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const AUTOSCALERS = 20;
const PODS_EACH = 5;
const RATE = 10;
const NAMESPACE = 'scale';
const CONFIG = JSON.stringify({ rules: [], sources: [{ name: 'scraped', pods: {} }] });
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 240_000, intervalMs: 500 };

/** `npm run bench -- adapter-scale` is the same with 100 autoscalers and 1,000 pods, and measures. */
describe.runIf(machineHas('kube'))('many autoscalers and pods on one adapter', () => {
  const ends: (() => unknown)[] = [];
  let plane: ControlPlane;
  let client: KubernetesClient;
  let node: SimulatedNode;
  let pages: SimulatedPages;
  let audit: AuditLog;

  beforeAll(async () => {
    const folder = await temporaryDirectory();
    ends.push(() => folder[Symbol.asyncDispose]());
    audit = createAuditLog(folder.path);
    plane = await startControlPlane({
      kube: await buildKube(),
      extraFlags: {
        apiserver: audit.flags,
        'controller-manager': [
          ...['--kube-api-qps=200', '--kube-api-burst=200'],
          '--horizontal-pod-autoscaler-sync-period=2s',
        ],
      },
    });
    ends.push(() => plane.stop());
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig });
    ends.push(() => {
      client.close();
    });
    node = await startSimulatedNode(plane.info, client);
    ends.push(() => node.stop());
    pages = await startSimulatedPages(plane.info, RATE);
    ends.push(() => pages.stop());
    const adapter = await deployAdapter(plane.info, {
      ...{ folder: folder.path, config: CONFIG, isInside: true },
      prometheusUrl: 'http://127.0.0.1:9',
    });
    ends.push(() => adapter.stop());
    const limits = { replicas: PODS_EACH, maxReplicas: 2 * PODS_EACH, averageValue: RATE };
    const items = Array.from({ length: AUTOSCALERS }, (_, index) =>
      autoscaledObjects({ name: `app-${index}`, namespace: NAMESPACE, ...limits }),
    ).flat();
    await kubectl(plane.info, ['create', 'namespace', NAMESPACE]);
    const list = { apiVersion: 'v1', kind: 'List', items };
    await kubectl(plane.info, ['create', '-f', '-'], JSON.stringify(list));
  }, 400_000);

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  }, 120_000);

  /** `desiredReplicas` of each autoscaler that can scale by its metric. */
  async function desired(): Promise<(number | undefined)[]> {
    const path = `/apis/autoscaling/v2/namespaces/${NAMESPACE}/horizontalpodautoscalers`;
    const { items } = await client.get<{ items: ApiAutoscaler[] }>(path);
    return items.map(({ status }) => {
      const active = status?.conditions?.find(({ type }) => type === 'ScalingActive');
      return active?.status === 'True' ? status?.desiredReplicas : undefined;
    });
  }
  const untilAllWant = (what: string, isIt: (replicas?: number) => boolean): Promise<unknown> =>
    waitUntil(
      `all autoscalers want ${what}`,
      async () => {
        const all = await desired();
        return all.length === AUTOSCALERS && all.every(isIt);
      },
      PATIENT,
    );

  test('every autoscaler reads its own pods’ metric', async () => {
    await untilAllWant('something', (replicas) => replicas !== undefined);
  }, 300_000);

  test('a doubled rate takes each of them to twice its pods, and every question is answered', async () => {
    const sinceMs = Date.now();
    pages.setRate(2 * RATE);
    await untilAllWant('twice the pods', (replicas) => replicas === 2 * PODS_EACH);
    await waitUntil(
      'all pods run',
      () => node.readyPods() === 2 * PODS_EACH * AUTOSCALERS,
      PATIENT,
    );
    const asked = audit
      .events()
      .filter((event) => event.user === HPA_USER && event.uri.includes('custom.metrics.k8s.io'))
      .filter(({ receivedAtMs }) => receivedAtMs >= sinceMs);
    expect(new Set(asked.map(({ uri }) => uri)).size).toBe(AUTOSCALERS);
    expect(asked.filter(({ code }) => code !== 200)).toEqual([]);
  }, 600_000);
});

interface ApiAutoscaler {
  readonly status?: {
    readonly desiredReplicas?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}
