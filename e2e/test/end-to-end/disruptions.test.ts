import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectl, startCluster, startLoad, type Cluster, type StartedLoad } from '@bellows/e2e';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';
import { launchDay, SHOP } from '../../src/shop/launch-day.ts';

/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 180_000, intervalMs: 200 };
const REPLICAS = 4;

/** The example's own manifests on two nodes, under the launch day's load; nothing scales it here but the test. */
describe.runIf(machineHas('kube'))('disruptions of the shop on Kubernetes', () => {
  let cluster: Cluster;
  let load: StartedLoad;

  beforeAll(async () => {
    cluster = await startCluster({ kube: await buildKube(), nodes: 2 });
    await run('apply', '-f', `${SHOP}/k8s/`);
    await run('scale', 'deployment/shop', `--replicas=${REPLICAS}`);
    await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
    const address = await run('get', 'service', 'shop', '-o', 'jsonpath={.spec.clusterIP}');
    load = startLoad(cluster.plane.info, {
      target: `http://${address}:80`,
      profile: launchDay({ eveningSeconds: 1_200 }),
      timeoutMs: 60_000,
    });
  }, 400_000);

  afterAll(async () => {
    await load.stop().catch(() => undefined);
    await cluster.stop();
  }, 120_000);

  const run = (...args: string[]): Promise<string> => kubectl(cluster.plane.info, args);

  /** Pods as `NAME NODE`, those that are ending included. */
  async function pods(): Promise<string[]> {
    const columns = '{range .items[*]}{.metadata.name} {.spec.nodeName}{"\\n"}{end}';
    const text = await run('get', 'pods', '-l', 'app=shop', '-o', `jsonpath=${columns}`);
    return text.split('\n').filter((line) => line !== '');
  }

  const untilLeft = (count: number): Promise<unknown> =>
    waitUntil(`${count} pods`, async () => (await pods()).length === count, PATIENT);

  /** Does something under load, and says what was lost of the requests that came meanwhile. */
  async function lostDuring(act: () => Promise<void>): Promise<object> {
    const before = await load.account();
    await act();
    const after = await load.account();
    expect(after.answered).toBeGreaterThan(before.answered);
    return { lost: after.lost - before.lost, losses: after.losses };
  }
  const NOTHING = { lost: 0, losses: [] };

  test('a rolling update under load replaces every pod and loses no request', async () => {
    const before = await pods();
    const lost = await lostDuring(async () => {
      await run('set', 'env', 'deployment/shop', 'RELEASE=2');
      await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
      await untilLeft(REPLICAS);
    });
    expect(lost).toEqual(NOTHING);
    expect((await pods()).filter((pod) => before.includes(pod))).toEqual([]);
  }, 400_000);

  test('a node is drained under load by evictions that keep to the budget, and no request is lost', async () => {
    const fewest = { available: Infinity };
    const drained = (await pods()).filter((pod) => pod.endsWith('node-1'));
    expect(drained.length).toBeGreaterThan(0);
    const lost = await lostDuring(async () => {
      const watching = watchAvailable(fewest);
      await run('drain', 'node-1', '--timeout=180s');
      await run('rollout', 'status', 'deployment/shop', '--timeout=180s');
      await untilLeft(REPLICAS);
      await watching.stop();
    });
    expect(lost).toEqual(NOTHING);
    expect((await pods()).every((pod) => pod.endsWith('node-2'))).toBe(true);
    // maxUnavailable: 1
    expect(fewest.available).toBeGreaterThanOrEqual(REPLICAS - 1);
    await run('uncordon', 'node-1');
  }, 400_000);

  test('scaling in under load ends pods and loses no request', async () => {
    const lost = await lostDuring(async () => {
      await run('scale', 'deployment/shop', '--replicas=1');
      await untilLeft(1);
    });
    expect(lost).toEqual(NOTHING);
  }, 400_000);

  test('every request of all that time is accounted for', async () => {
    const { sent, answered, shed, lost, inFlight } = await load.stop();
    expect({ lost, inFlight, rest: sent - answered - shed }).toEqual({
      ...{ lost: 0, inFlight: 0, rest: 0 },
    });
    expect(sent).toBeGreaterThan(1000);
  });

  /** Looks at the Deployment again and again, and keeps the fewest available pods it saw. */
  function watchAvailable(fewest: { available: number }): { stop(): Promise<void> } {
    const stopping = new AbortController();
    const looking = (async () => {
      while (!stopping.signal.aborted) {
        const path = 'jsonpath={.status.availableReplicas}';
        const available = Number(await run('get', 'deployment', 'shop', '-o', path));
        fewest.available = Math.min(fewest.available, available);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    })();
    return {
      stop() {
        stopping.abort();
        return looking;
      },
    };
  }
});
