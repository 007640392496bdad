import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCertificateAuthority,
  exposePort,
  kubectl,
  startCluster,
  type Cluster,
  type ExposedPort,
} from '@bellows/e2e';
import {
  machineHas,
  startKafka,
  temporaryDirectory,
  waitUntil,
  type KafkaBroker,
  type TemporaryDirectory,
} from '@bellows/testkit';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildKube } from '../../kube/build.mjs';
import { deployAdapter, type DeployedAdapter } from '../../src/metrics/deployed-adapter.ts';

const PATIENT = { timeoutMs: 120_000, intervalMs: 200 };
const TOPIC = 'orders';
const GROUP = 'consumers';
const MAX_REPLICAS = 3;
const LAG_PER_POD = 20;

describe.runIf(machineHas('kube') && machineHas('java'))(
  'consumers that scale with their lag in Kafka',
  () => {
    let folder: TemporaryDirectory;
    let broker: KafkaBroker;
    let cluster: Cluster;
    let exposed: ExposedPort;
    let adapter: DeployedAdapter;
    let admin: Admin;
    let producer: Producer<string, string, string, string>;
    let ledger: string;
    let sent = 0;

    beforeAll(async () => {
      folder = await temporaryDirectory();
      ledger = join(folder.path, 'ledger');
      mkdirSync(ledger);
      const authority = await createCertificateAuthority('kafka');
      const pem = await authority.issue({ subject: 'CN=localhost', hosts: ['localhost'] });
      const certificate = { key: pem.key, cert: pem.certificate };
      broker = await startKafka({ certificate, password: 'sesame-open' });
      await makeTopic();
      cluster = await startCluster({
        kube: await buildKube(),
        extraFlags: { 'controller-manager': ['--horizontal-pod-autoscaler-sync-period=1s'] },
      });
      exposed = await exposePort(cluster.plane.info, Number(broker.plain.split(':')[1]));
      adapter = await deployAdapter(cluster.plane.info, {
        ...{
          folder: folder.path,
          config: config(broker.plain),
          prometheusUrl: 'http://127.0.0.1:9',
        },
        args: ['--register=external'],
      });
      await apply(consumers(broker.plain, ledger));
    }, 400_000);

    afterAll(async () => {
      await producer.close();
      await admin.close();
      await adapter.stop();
      await exposed.stop();
      await cluster.stop();
      await broker[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    }, 120_000);

    async function makeTopic(): Promise<void> {
      const options = { bootstrapBrokers: [broker.plain], retries: 50, retryDelay: 200 };
      admin = new Admin({ clientId: 'test', ...options });
      producer = new Producer({
        ...{ clientId: 'test', idempotent: true, serializers: stringSerializers, ...options },
      });
      await admin.createTopics({ topics: [TOPIC], partitions: MAX_REPLICAS, replicas: 1 });
    }

    const apply = (items: readonly object[]): Promise<string> =>
      kubectl(
        cluster.plane.info,
        ['apply', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );

    async function replicas(): Promise<number> {
      const args = ['get', 'deployment', GROUP, '-o', 'jsonpath={.spec.replicas}'];
      return Number(await kubectl(cluster.plane.info, args));
    }

    /** Pods, those that are ending included. */
    async function pods(): Promise<number> {
      const args = ['get', 'pods', '-l', `app=${GROUP}`, '-o', 'name'];
      const text = await kubectl(cluster.plane.info, args);
      return text.split('\n').filter((line) => line !== '').length;
    }

    async function produce(count: number): Promise<void> {
      const messages = Array.from({ length: count }, (_one, index) => {
        const id = sent + index;
        return { topic: TOPIC, partition: id % MAX_REPLICAS, value: String(id) };
      });
      await producer.send({ messages });
      sent += count;
    }

    const done = (): string[] => readdirSync(ledger).filter((file) => file.startsWith('done-'));
    const untilDone = (): Promise<unknown> =>
      waitUntil('all is done', () => done().length === sent, PATIENT);
    const untilIdle = (): Promise<unknown> =>
      waitUntil(
        'no consumer',
        async () => (await replicas()) === 0 && (await pods()) === 0,
        PATIENT,
      );

    test('nothing to consume needs no consumer', untilIdle, 240_000);

    test.each(['out from zero, and in to zero', 'out and in once more'])(
      'lag scales them %s',
      async () => {
        await produce(600);
        await waitUntil('all consumers', async () => (await replicas()) === MAX_REPLICAS, PATIENT);
        await untilDone();
        await untilIdle();
      },
      400_000,
    );

    test('each message took effect once, hardly any was delivered twice, and none was lost', () => {
      const ids = Array.from({ length: sent }, (_one, id) => `done-${id}`);
      expect(done().sort()).toEqual(ids.sort());
      // The one that a member is at when its partition is given to another: Kafka promises no less than once.
      const again = join(ledger, 'delivered-again');
      const lines = existsSync(again) ? readFileSync(again, 'utf8').trim().split('\n') : [];
      expect(lines.length).toBeLessThan(sent / 10);
    });
  },
);

const config = (server: string): string => `
rules: []
sources:
  - name: kafka
    kafka:
      bootstrapServers: ['${server}']
      interval: 500ms
      metrics:
        - name: orders_lag
          consumerGroup: ${GROUP}
          topics: [${TOPIC}]
          offsetResetPolicy: earliest
          lagThreshold: ${LAG_PER_POD}
`;

/** Consumers, and what scales them: to zero, and at once, since a test waits for it. */
function consumers(server: string, ledger: string): object[] {
  const labels = { app: GROUP };
  const environment = { KAFKA: server, TOPIC, GROUP, LEDGER: ledger };
  const container = {
    ...{ name: 'consumer', image: 'consumer' },
    command: [process.execPath, 'e2e/test/fixtures/kafka-consumer.mjs'],
    env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    ports: [{ name: 'admin', containerPort: 9400 }],
    readinessProbe: { httpGet: { path: '/readyz', port: 'admin' }, periodSeconds: 1 },
  };
  const now = {
    stabilizationWindowSeconds: 0,
    policies: [{ type: 'Pods', value: MAX_REPLICAS, periodSeconds: 1 }],
  };
  return [
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: GROUP } },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: GROUP },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: GROUP },
        ...{
          minReplicas: 0,
          maxReplicas: MAX_REPLICAS,
          behavior: { scaleUp: now, scaleDown: now },
        },
        metrics: [
          {
            type: 'External',
            external: {
              metric: { name: 'orders_lag' },
              target: { type: 'AverageValue', averageValue: String(LAG_PER_POD) },
            },
          },
        ],
      },
    },
  ];
}
