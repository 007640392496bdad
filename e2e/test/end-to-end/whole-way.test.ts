import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agreementText,
  kubectl,
  startRecordedCluster,
  startLoad,
  type Cluster,
  type RecordedControlPlane,
  type StartedLoad,
} from '@bellows/e2e';
import type { LoadAccount, LoadProfile } from '@bellows/load';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';
import { startClusterMetrics, type ClusterMetrics } from '../../src/metrics/cluster-metrics.ts';
import { launchDay, SHOP } from '../../src/shop/launch-day.ts';

/** `npm run e2e -- --suite whole-way --full`: 100,000 requests and more. */
const IS_FULL = process.env['BELLOWS_E2E_FULL'] === '1';
/** The busiest hours alone where it has to be quick: they need six replicas, and leave one. */
const DAY = IS_FULL ? { days: 4, factor: 4.5 } : { fromSeconds: 36 };
const DAY_TIMEOUT_MS = IS_FULL ? 1_800_000 : 600_000;
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 300_000, intervalMs: 300 };
const CONTROLLER = ['--horizontal-pod-autoscaler-sync-period=1s'];
/** Orders alone: fewer than the rate asks a second replica for, more than one replica has workers for. */
const ORDERS: LoadProfile = {
  points: [{ atSeconds: 0, requestsPerSecond: 15 }],
  requests: [{ weight: 1, method: 'POST', path: '/orders', body: '{"item": 7}' }],
};

/** The example's own manifests, the real HPA controller, and our adapter between them, with the rights it is deployed with. */
describe.runIf(machineHas('kube') && machineHas('prometheus'))(
  'the whole way from load to pods on Kubernetes',
  () => {
    let cluster: Cluster<RecordedControlPlane>;
    let metrics: ClusterMetrics;
    let address: string;

    beforeAll(async () => {
      cluster = await startRecordedCluster({
        ...{ kube: await buildKube(), nodes: 2 },
        extraFlags: { 'controller-manager': CONTROLLER },
      });
      metrics = await startClusterMetrics(cluster.plane, cluster.nodes);
      await run('apply', '-f', `${SHOP}/k8s/`);
      await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
      address = await run('get', 'service', 'shop', '-o', 'jsonpath={.spec.clusterIP}');
      await waitUntil('every metric is read', async () => (await failedMetrics()) === 0, PATIENT);
    }, 600_000);

    afterAll(async () => {
      await metrics.stop();
      await cluster.stop();
    }, 120_000);

    const run = (...args: string[]): Promise<string> => kubectl(cluster.plane.info, args);
    const load = (profile: LoadProfile): StartedLoad =>
      startLoad(cluster.plane.info, {
        target: `http://${address}:80`,
        profile,
        timeoutMs: 60_000,
      });

    interface Hpa {
      readonly status?: {
        readonly desiredReplicas?: number;
        readonly currentMetrics?: readonly { readonly type: string }[];
      };
    }

    async function hpa(): Promise<NonNullable<Hpa['status']>> {
      const text = await run('get', 'hpa', 'shop', '-o', 'json');
      return (JSON.parse(text) as Hpa).status ?? {};
    }

    /** A metric that was not read has an entry without a type. */
    async function failedMetrics(): Promise<number> {
      const { currentMetrics = [] } = await hpa();
      return 3 - currentMetrics.filter(({ type }) => type !== '').length;
    }

    async function reasons(): Promise<string> {
      const path = '{range .items[*]}{.message}{"\\n"}{end}';
      return run(
        'get',
        'events',
        '--field-selector=reason=SuccessfulRescale',
        '-o',
        `jsonpath=${path}`,
      );
    }

    const untilAlone = (): Promise<unknown> =>
      waitUntil(
        'one pod is left',
        async () =>
          (await run('get', 'pods', '-l', 'app=shop', '-o', 'name')).trim().split('\n').length ===
          1,
        PATIENT,
      );

    function expectNothingLost({ sent, answered, shed, lost, losses }: LoadAccount): void {
      expect({ lost, losses, rest: sent - answered - shed }).toEqual({
        ...{ lost: 0, losses: [], rest: 0 },
      });
    }

    test(
      'the launch day scales the shop out by its requests and in again, and no request is lost',
      async () => {
        const day = load(launchDay({ ...DAY, eveningSeconds: 20 }));
        const account = await day.done;
        await untilAlone();
        expectNothingLost(account);
        const { written, scaleIns } = cluster.plane.agreement();
        process.stdout.write(
          `whole way: ${account.sent} requests, ${account.lost} lost; ${scaleIns} scale-ins; replicas ${written.join(' ')}\n`,
        );
        expect(Math.max(...written)).toBeGreaterThanOrEqual(5);
        expect(written.at(-1)).toBe(1);
        expect(await reasons()).toContain('pods metric http_requests_per_second above target');
        expect(account.sent).toBeGreaterThanOrEqual(IS_FULL ? 100_000 : 3_000);
        expect(scaleIns).toBeGreaterThanOrEqual(IS_FULL ? 10 : 1);
      },
      DAY_TIMEOUT_MS,
    );

    test('orders that wait scale it out by the length of their queue, and in again without a loss', async () => {
      // A payment provider that has become slow: one replica takes 8 orders a second.
      await run('set', 'env', 'deployment/shop', 'ORDER_MS=1000');
      await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
      const orders = load(ORDERS);
      await waitUntil(
        'the queue asks for replicas',
        async () => (await reasons()).includes('pods metric queue_length above target'),
        PATIENT,
      );
      await waitUntil(
        'there are two',
        async () => ((await hpa()).desiredReplicas ?? 0) > 1,
        PATIENT,
      );
      const account = await orders.stop();
      await untilAlone();
      expectNothingLost(account);
    }, 900_000);

    test('decide comes to what the controller came to, at each of its decisions', () => {
      const agreement = cluster.plane.agreement();
      process.stdout.write(`${agreementText(agreement)}\n`);
      expect(agreement.unexplained).toEqual([]);
      expect(agreement.decisions).toBeGreaterThan(100);
    });
  },
);
