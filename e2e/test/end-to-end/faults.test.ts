import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addAddresses,
  kubectl,
  removeAddress,
  startCluster,
  startLoad,
  type Cluster,
  type ProgramName,
  type StartedLoad,
} from '@bellows/e2e';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const SHOP = fileURLToPath(new URL('../../../examples/shop/k8s/', import.meta.url));
const PROFILE = {
  points: [{ atSeconds: 0, requestsPerSecond: 40 }],
  requests: [{ weight: 1, method: 'GET', path: '/items/{1..200}' }],
};
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 180_000, intervalMs: 200 };
const TEST_TIMEOUT_MS = 400_000;

/** The shop with two pods under load, while what it runs on is killed. */
describe.runIf(machineHas('kube'))('a cluster of which parts are killed', () => {
  let cluster: Cluster;
  let load: StartedLoad;

  beforeAll(async () => {
    cluster = await startCluster({
      kube: await buildKube(),
      nodes: 2,
      // So that a node that is gone is noticed after 10 s, not 50 s.
      extraFlags: {
        'controller-manager': ['--node-monitor-period=1s', '--node-monitor-grace-period=10s'],
      },
      node: { leaseSeconds: 8 },
    });
    await run('apply', '-f', SHOP);
    // A pod on a node that is gone is given up as soon as that is known; one pod a node.
    const when = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 };
    const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname' };
    const spec = {
      tolerations: ['not-ready', 'unreachable'].map((taint) => ({
        ...{ key: `node.kubernetes.io/${taint}`, ...when },
      })),
      topologySpreadConstraints: [
        {
          ...{ ...spread, whenUnsatisfiable: 'ScheduleAnyway' },
          labelSelector: { matchLabels: { app: 'shop' } },
        },
      ],
    };
    const patch = { spec: { replicas: 2, template: { spec } } };
    await run('patch', 'deployment', 'shop', '-p', JSON.stringify(patch));
    await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
    await waitUntil('two pods', async () => (await pods()).length === 2, PATIENT);
    const address = await run('get', 'service', 'shop', '-o', 'jsonpath={.spec.clusterIP}');
    load = startLoad(cluster.plane.info, {
      ...{ target: `http://${address}:80`, profile: PROFILE, timeoutMs: 60_000 },
    });
  }, TEST_TIMEOUT_MS);

  afterAll(async () => {
    await load.stop().catch(() => undefined);
    await cluster.stop();
  }, 120_000);

  const run = (...args: string[]): Promise<string> => kubectl(cluster.plane.info, args);

  interface PodSeen {
    readonly name: string;
    readonly node: string;
    readonly address: string;
    readonly isReady: boolean;
    readonly restarts: number;
  }

  async function pods(): Promise<PodSeen[]> {
    const fields = [
      ...['.metadata.name', '.spec.nodeName', '.status.podIP'],
      '.status.conditions[?(@.type=="Ready")].status',
      '.status.containerStatuses[0].restartCount',
    ];
    const line = fields.map((field) => `{${field}}`).join(',');
    const text = await run(
      ...['get', 'pods', '-l', 'app=shop', '-o', `jsonpath={range .items[*]}${line}{"\\n"}{end}`],
    );
    return text
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => {
        const [name = '', node = '', address = '', ready = '', restarts = ''] = row.split(',');
        return { name, node, address, isReady: ready === 'True', restarts: Number(restarts) };
      });
  }

  /** Addresses that the Service's connections go to. */
  async function endpoints(): Promise<string[]> {
    const path = 'jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[0]}';
    const label = 'kubernetes.io/service-name=shop';
    const text = await run('get', 'endpointslices', '-l', label, '-o', path);
    return text
      .split(' ')
      .filter((address) => address !== '')
      .sort();
  }

  /** Waits until so many more requests have been answered. */
  async function answered(count: number): Promise<void> {
    const from = (await load.account()).answered;
    await waitUntil(
      `${count} answers`,
      async () => (await load.account()).answered >= from + count,
      PATIENT,
    );
  }

  const lost = async (): Promise<number> => (await load.account()).lost;

  /** The cluster works: a pod is made and becomes ready, and another one is ended. */
  async function scaleOutAndIn(): Promise<void> {
    for (const replicas of [3, 2]) {
      await run('scale', 'deployment/shop', `--replicas=${replicas}`);
      await waitUntil(
        `${replicas} pods`,
        async () => {
          const seen = await pods();
          return seen.length === replicas && seen.every(({ isReady }) => isReady);
        },
        PATIENT,
      );
    }
  }

  const PROGRAMS: ProgramName[] = ['etcd', 'apiserver', 'controller-manager', 'scheduler'];
  test.each(PROGRAMS)(
    'without its %s the service goes on; with it the cluster does, too',
    async (name) => {
      const before = await lost();
      await cluster.plane.kill(name);
      await answered(200);
      await cluster.plane.start(name);
      await waitUntil(
        'the API server',
        () => run('get', '--raw', '/readyz').catch(() => undefined),
        PATIENT,
      );
      await scaleOutAndIn();
      expect((await load.account()).losses.slice(before)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'a node that is switched off and on runs its pods again; what is lost is lost before that is known',
    async () => {
      const victim = (await pods()).find(({ node }) => node === 'node-1');
      expect(victim).toBeDefined();
      await cluster.nodes[0]?.kill();
      await cluster.nodes[0]?.start();
      const again = await waitUntil(
        'the second run',
        async () =>
          (await pods()).find(
            ({ name, isReady, restarts }) => name === victim?.name && isReady && restarts === 1,
          ),
        PATIENT,
      );
      expect(again.node).toBe('node-1');
      await waitUntil(
        'both endpoints',
        async () => {
          const addresses = (await pods()).map(({ address }) => address).sort();
          return JSON.stringify(await endpoints()) === JSON.stringify(addresses);
        },
        PATIENT,
      );
      // The data path has heard of it, too.
      await answered(100);
      const afterwards = await lost();
      await answered(200);
      expect(await lost()).toBe(afterwards);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'the pods of a node that stays away are replaced on another one, and forgotten when it is back',
    async () => {
      await cluster.nodes[0]?.kill();
      await waitUntil(
        'two pods on the other node',
        async () => {
          const ready = (await pods()).filter(({ node, isReady }) => node === 'node-2' && isReady);
          return ready.length === 2 && (await endpoints()).length === 2;
        },
        PATIENT,
      );
      await answered(100);
      const afterwards = await lost();
      await answered(200);
      expect(await lost()).toBe(afterwards);
      await cluster.nodes[0]?.start();
      await waitUntil('the end of the old pods', async () => (await pods()).length === 2, PATIENT);
      await run('wait', 'node/node-1', '--for=condition=Ready', '--timeout=180s');
      await answered(100);
      expect(await lost()).toBe(afterwards);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'a pod whose address is gone gets no requests as soon as its probe has failed, and gets them again when it is back',
    async () => {
      const [victim] = await pods();
      await removeAddress(cluster.plane.info, victim?.address ?? '');
      await waitUntil(
        'one endpoint',
        async () => !(await endpoints()).includes(victim?.address ?? ''),
        PATIENT,
      );
      await answered(100);
      const afterwards = await lost();
      await answered(200);
      expect(await lost()).toBe(afterwards);
      await addAddresses(cluster.plane.info, [victim?.address ?? '']);
      await waitUntil('both endpoints', async () => (await endpoints()).length === 2, PATIENT);
    },
    TEST_TIMEOUT_MS,
  );
});
