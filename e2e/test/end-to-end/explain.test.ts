import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agreementText,
  createTestNamespace,
  makePodsReady,
  runBellows,
  startRecordedControlPlane,
  startMetricsApiServer,
  writeKubeconfig,
  type BellowsResult,
  type MetricsApiServer,
  type RecordedControlPlane,
  type TestNamespace,
} from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import {
  machineHas,
  temporaryDirectory,
  waitUntil,
  type TemporaryDirectory,
} from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const REFERENCE = fileURLToPath(new URL('../../../docs/reference/explain.md', import.meta.url));
const SYNC = ['--horizontal-pod-autoscaler-sync-period', '1s'];

interface HpaStatus {
  readonly desiredReplicas?: number;
  readonly currentMetrics?: readonly { readonly type: string }[];
  readonly conditions?: readonly { readonly type: string; readonly reason: string }[];
}

interface Explained {
  readonly reason: string;
  readonly replicas: { readonly current: number; readonly desired: number };
  readonly cluster: {
    readonly agreement: {
      readonly agrees: boolean;
      readonly fields: readonly { readonly field: string; readonly agrees: boolean }[];
      readonly reasons: readonly string[];
    };
    readonly certainty: readonly { readonly field: string; readonly certainty: string }[];
  };
}

/** A control plane of its own: the metrics APIs are registered once for all of it. */
describe.runIf(machineHas('kube'))('bellows explain on a live cluster', () => {
  let plane: RecordedControlPlane;
  let client: KubernetesClient;
  let metrics: MetricsApiServer;
  let folder: TemporaryDirectory;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    plane = await startRecordedControlPlane({
      kube: await buildKube(),
      extraFlags: { 'controller-manager': ['--horizontal-pod-autoscaler-sync-period=1s'] },
    });
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig });
    metrics = await startMetricsApiServer(plane.info, client);
  });

  afterAll(async () => {
    await metrics.stop();
    client.close();
    await plane.stop();
    await folder[Symbol.asyncDispose]();
  });

  test('agrees with the controller on every field, message by message, while the metrics stay', async () => {
    const namespace = await createShop([CPU, REQUESTS, LAG]);
    const pods = await podsOf(namespace, 2);
    metrics.serve({
      cpu: valueEach(pods, '70m'),
      container: 'shop',
      pods: { rps: valueEach(pods, '10') },
      external: { lag: ['12', '8'] },
    });
    await waitForStatus(namespace, isActive);

    const { agreement, certainty } = await explainJson(namespace);
    expect(agreement.fields.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(agreement.fields.map(({ field }) => field)).toEqual([
      'desiredReplicas',
      'currentMetrics[0]',
      'currentMetrics[1]',
      'currentMetrics[2]',
      'conditions[AbleToScale]',
      'conditions[ScalingActive]',
      'conditions[ScalingLimited]',
    ]);
    expect(agreement).toMatchObject({ agrees: true, reasons: [] });
    expect(Object.fromEntries(certainty.map((c) => [c.field, c.certainty]))).toMatchObject({
      ...{ spec: 'exact', scale: 'exact', pods: 'exact', metrics: 'exact', rules: 'exact' },
      ...{ recommendations: 'inferred', 'scale events': 'unknown' },
    });
    const { stdout } = await explain(namespace, []);
    expect(stdout).toMatch(/^hpa\/shop at .*: Held at 2: /);
    expect(stdout).toContain('controller     wants 2, as here; all else in its status is the same');
    await namespace.delete();
  });

  test('agrees while a stabilization window holds, which only the controller’s memory knows', async () => {
    const namespace = await createShop([LAG]);
    await podsOf(namespace, 2);
    metrics.serve({ cpu: {}, container: 'shop', pods: {}, external: { lag: ['40'] } });
    await waitForStatus(namespace, ({ desiredReplicas }) => desiredReplicas === 4);
    metrics.serve({ cpu: {}, container: 'shop', pods: {}, external: { lag: ['10'] } });
    await waitForStatus(namespace, (status) => hasReason(status, 'ScaleDownStabilized'));

    const { agreement, reason } = await explainJson(namespace);
    expect(reason).toBe('stabilization-window');
    expect(agreement.fields.filter(({ agrees }) => !agrees)).toEqual([]);
    const { stdout } = await explain(namespace, ['--why-not', '1']);
    expect(stdout).toMatch(/^Not 1: /);
    const changed = await explain(namespace, ['--set', 'scaleDownWindow=0']);
    expect(changed.stdout).toContain('  desired:       4 → 1');
    await namespace.delete();
  });

  test('says what may be the reason when the controller knows what no API shows', async () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 600 }];
    const namespace = await createShop([LAG], { scaleUp: { policies } });
    await podsOf(namespace, 2);
    metrics.serve({ cpu: {}, container: 'shop', pods: {}, external: { lag: ['80'] } });
    await waitForStatus(
      namespace,
      (status) => status.desiredReplicas === 3 && hasReason(status, 'ScaleUpLimit'),
    );

    const { agreement, replicas } = await explainJson(namespace);
    expect(replicas).toMatchObject({ current: 3, desired: 4 });
    expect(agreement.agrees).toBe(false);
    expect(agreement.reasons.join()).toContain('what its scaling policies have used up');
    const { stdout } = await explain(namespace, []);
    expect(stdout).toContain('controller     wants 3 since its last sync, not so here');
    await namespace.delete();
  });

  test('agrees when a metric is not served', async () => {
    const namespace = await createShop([REQUESTS]);
    await podsOf(namespace, 2);
    metrics.serve({ cpu: {}, container: 'shop', pods: {}, external: {} });
    await waitForStatus(namespace, (status) => hasReason(status, 'FailedGetPodsMetric'));
    const { agreement, reason } = await explainJson(namespace);
    expect(agreement.fields.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(reason).toBe('metric-unreadable');
    await namespace.delete();
  });

  test('needs no more rights than the reference says, and says so without them', async () => {
    const namespace = await createShop([CPU, REQUESTS, LAG]);
    const pods = await podsOf(namespace, 2);
    metrics.serve({
      cpu: valueEach(pods, '70m'),
      container: 'shop',
      pods: { rps: valueEach(pods, '10') },
      external: { lag: ['20'] },
    });
    await waitForStatus(namespace, isActive);
    await namespace.kubectl(['create', 'serviceaccount', 'reader']);
    const kubeconfig = await kubeconfigOf(namespace, (await tokenOf(namespace)).trim());

    const refused = await explain(namespace, [], kubeconfig);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(
      /cannot list resource "horizontalpodautoscalers".*ERR_KUBERNETES_FORBIDDEN.*explain\.md/s,
    );

    const [, role = ''] = /```yaml\n(.*?)```/s.exec(readFileSync(REFERENCE, 'utf8')) ?? [];
    await namespace.kubectl(['apply', '-f', '-'], role);
    await namespace.kubectl([
      ...['create', 'rolebinding', 'reader', '--role=bellows-explain'],
      `--serviceaccount=${namespace.name}:reader`,
    ]);
    const allowed = await explain(namespace, [], kubeconfig);
    expect(allowed).toMatchObject({ code: 0, stderr: '' });
    expect(allowed.stdout).toContain('wants 2, as here');
    await namespace.delete();
  });

  test('says what is wrong with credentials, names and addresses', async () => {
    const namespace = await createShop([LAG]);
    const expired = await kubeconfigOf(namespace, 'no-token');
    expect(await explain(namespace, [], expired)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/ERR_KUBERNETES_UNAUTHORIZED.*log in/s) as string,
    });
    const missing = await runBellows(
      ['explain', 'hpa/web', '-n', namespace.name, '--kubeconfig', plane.info.kubeconfig],
      folder.path,
    );
    expect(missing).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/it has: shop.*ERR_KUBERNETES_NOT_FOUND/s) as string,
    });
    const nowhere = join(folder.path, 'nowhere');
    writeKubeconfig(nowhere, {
      server: 'https://127.0.0.1:1',
      authority: '',
      user: { token: 'x' },
    });
    expect(await explain(namespace, [], nowhere)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/ECONNREFUSED.*ERR_KUBERNETES_UNREACHABLE/s) as string,
    });
    await namespace.delete();
  });

  test('of all that it decided meanwhile, the controller decided nothing else than decide', () => {
    const agreement = plane.agreement();
    process.stdout.write(`${agreementText(agreement)}\n`);
    expect(agreement.unexplained).toEqual([]);
    expect(agreement.decisions).toBeGreaterThan(5);
  });

  async function createShop(specMetrics: object[], behavior?: object): Promise<TestNamespace> {
    const namespace = await createTestNamespace(plane.info);
    const labels = { app: 'shop' };
    const resources = { requests: { cpu: '100m' } };
    await namespace.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop' },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'shop', image: 'shop', resources }] },
          },
        },
      },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'shop' },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
          ...{ minReplicas: 1, maxReplicas: 8, metrics: specMetrics, behavior },
        },
      },
    );
    return namespace;
  }

  async function podsOf(namespace: TestNamespace, count: number): Promise<string[]> {
    return waitUntil(
      'pods',
      async () => {
        const names = await makePodsReady(namespace);
        return names.length === count && names;
      },
      { timeoutMs: 60_000 },
    );
  }

  async function waitForStatus(
    namespace: TestNamespace,
    isSo: (status: HpaStatus) => boolean,
  ): Promise<void> {
    const path = `/apis/autoscaling/v2/namespaces/${namespace.name}/horizontalpodautoscalers/shop`;
    let last: HpaStatus = {};
    try {
      await waitUntil(
        'the controller’s status',
        async () => {
          last = (await client.get<{ status?: HpaStatus }>(path)).status ?? {};
          return isSo(last);
        },
        { timeoutMs: 60_000, intervalMs: 100 },
      );
    } catch (error) {
      throw new Error(`the controller's status was ${JSON.stringify(last)}`, { cause: error });
    }
  }

  async function explain(
    namespace: TestNamespace,
    args: readonly string[],
    kubeconfig: string = plane.info.kubeconfig,
  ): Promise<BellowsResult> {
    const where = ['--kubeconfig', kubeconfig, '-n', namespace.name];
    return runBellows(['explain', 'hpa/shop', ...where, ...SYNC, ...args], folder.path);
  }

  async function explainJson(namespace: TestNamespace): Promise<Explained & Explained['cluster']> {
    const { stdout, stderr } = await explain(namespace, ['--json']);
    expect(stderr).toBe('');
    const explained = JSON.parse(stdout) as Explained;
    return { ...explained, ...explained.cluster };
  }

  async function tokenOf(namespace: TestNamespace): Promise<string> {
    return namespace.kubectl(['create', 'token', 'reader']);
  }

  async function kubeconfigOf(namespace: TestNamespace, token: string): Promise<string> {
    const file = join(folder.path, `${namespace.name}-${token.slice(-8)}`);
    const authority = readFileSync(join(plane.info.folder, 'ca.crt'), 'utf8');
    writeKubeconfig(file, { server: client.server, authority, user: { token } });
    return Promise.resolve(file);
  }
});

const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
};
const REQUESTS = {
  type: 'Pods',
  pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
};
const LAG = {
  type: 'External',
  external: { metric: { name: 'lag' }, target: { type: 'AverageValue', averageValue: '10' } },
};

function valueEach(pods: readonly string[], value: string): Record<string, string> {
  return Object.fromEntries(pods.map((pod) => [pod, value]));
}

/** Every metric was read, and none asks for another count. */
function isActive(status: HpaStatus): boolean {
  return (
    hasReason(status, 'ValidMetricFound') &&
    hasReason(status, 'ReadyForNewScale') &&
    (status.currentMetrics ?? []).every(({ type }) => type !== '')
  );
}

function hasReason({ conditions }: HpaStatus, reason: string): boolean {
  return (conditions ?? []).some((condition) => condition.reason === reason);
}
