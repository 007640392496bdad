import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { parseLabelSelector } from '@bellows/core';
import {
  machineHas,
  startKafka,
  temporaryDirectory,
  waitUntil,
  type KafkaBroker,
  type TemporaryDirectory,
} from '@bellows/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KafkaMetricConfig, KafkaSourceConfig } from '../../src/config/source-config.ts';
import { createKafkaSource } from '../../src/kafka/kafka-source.ts';
import type { PolledSource } from '../../src/polled/polled-source.ts';

const PATIENT = { timeoutMs: 40_000 };
const PASSWORD = 'sesame-open';
const METRIC: KafkaMetricConfig = {
  ...{ name: 'lag', namespaces: [], labels: {}, consumerGroup: 'shop' },
  ...{ topics: [], topicPattern: '', partitions: '' },
};

describe.runIf(machineHas('java') && machineHas('openssl'))('a Kafka source', () => {
  let folder: TemporaryDirectory;
  let broker: KafkaBroker;
  let admin: Admin;
  let producer: Producer<string, string, string, string>;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    broker = await startKafka({ certificate: makeCertificate(folder.path), password: PASSWORD });
    const own = { bootstrapBrokers: [broker.plain], retries: 20, retryDelay: 200 };
    admin = new Admin({ clientId: 'test', ...own });
    // A batch that is sent again must not count twice.
    producer = new Producer({
      clientId: 'test',
      idempotent: true,
      serializers: stringSerializers,
      ...own,
    });
    await waitUntil(
      'an answer',
      () =>
        admin.listTopics().then(
          () => true,
          () => false,
        ),
      PATIENT,
    );
  }, 300_000);

  afterAll(async () => {
    await producer.close();
    await admin.close();
    await broker[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  }, 60_000);

  async function makeTopic(name: string, partitions: number): Promise<void> {
    await admin.createTopics({ topics: [name], partitions, replicas: 1 });
    await waitUntil(
      `leaders of ${name}`,
      () =>
        admin.metadata({ topics: [name], forceUpdate: true }).then(
          ({ topics }) =>
            (topics.get(name)?.partitions ?? []).filter(({ leader }) => leader >= 0).length ===
            partitions,
          () => false,
        ),
      PATIENT,
    );
  }

  /** Sends so many records to each partition. */
  async function send(topic: string, counts: readonly number[]): Promise<void> {
    const messages = counts.flatMap((count, partition) =>
      Array.from({ length: count }, () => ({ topic, partition, value: 'x' })),
    );
    await producer.send({ messages });
  }

  async function commit(
    topic: string,
    offsets: readonly number[],
    groupId = 'shop',
  ): Promise<void> {
    const partitionOffsets = offsets.map((offset, partition) => ({
      partition,
      offset: BigInt(offset),
    }));
    await waitUntil(
      'a commit',
      () =>
        admin
          .alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] })
          .then(
            () => true,
            () => false,
          ),
      PATIENT,
    );
  }

  function configOf(metrics: readonly Partial<KafkaMetricConfig>[]): KafkaSourceConfig {
    return {
      ...{ bootstrapServers: [broker.plain], intervalMs: 200, timeoutMs: 10_000 },
      metrics: metrics.map((one, index) => ({ ...METRIC, name: `lag${index}`, ...one })),
    };
  }

  test('adds up what a group has not read yet, or takes the partition that is furthest behind', async () => {
    await makeTopic('orders', 3);
    await send('orders', [10, 20, 30]);
    await commit('orders', [4, 20, 5]);
    const topics = ['orders'];
    const source = createKafkaSource({
      name: 'kafka',
      config: configOf([
        {},
        { topics },
        { topics, aggregate: 'max' },
        { topics, partitions: '0,2-9' },
        { topics, partitions: '1' },
        { topicPattern: 'ord.*' },
        { topics, lagThreshold: 5 },
        { topics, lagThreshold: 20 },
        { topics, isolation: 'read_committed' },
        { topicPattern: 'rd' },
        { topics: ['nothing'] },
      ]),
    });
    try {
      await expectValues(source, [
        '31',
        '31',
        '25',
        '31',
        '0',
        '31',
        '15',
        '31',
        '31',
        'Kafka: no topic matches rd',
        'Kafka: there is no topic nothing',
      ]);
      expect(source.external.list()).toContain('lag10');
    } finally {
      await source.stop();
    }
  }, 120_000);

  test('a group that is not there yet has all to read, or what comes from now on', async () => {
    await makeTopic('mails', 2);
    await send('mails', [6, 4]);
    await admin.deleteRecords({
      topics: [{ name: 'mails', partitions: [{ partition: 0, offset: 2n }] }],
    });
    const own = { consumerGroup: 'nobody', topics: ['mails'] };
    const source = createKafkaSource({
      name: 'kafka',
      config: configOf([
        { ...own },
        { ...own, offsetResetPolicy: 'earliest' },
        { consumerGroup: 'nobody' },
      ]),
    });
    try {
      await expectValues(source, [
        '2',
        '8',
        'Kafka: the group has no offsets yet, and no topics are named',
      ]);
      // It begins, and commits.
      await commit('mails', [6, 3], 'nobody');
      await expectValues(source, ['1', '1', '1']);
    } finally {
      await source.stop();
    }
  }, 120_000);

  test('records of an open transaction count unless they are left out', async () => {
    await makeTopic('paid', 1);
    await send('paid', [4]);
    await commit('paid', [1], 'paid');
    const writer = new Producer({
      ...{ clientId: 'test', bootstrapBrokers: [broker.plain], idempotent: true, retries: 20 },
      ...{ transactionalId: 'paid', serializers: stringSerializers },
    });
    const own = { consumerGroup: 'paid', topics: ['paid'] };
    const source = createKafkaSource({
      name: 'kafka',
      config: configOf([own, { ...own, isolation: 'read_committed' }]),
    });
    try {
      const transaction = await writer.beginTransaction();
      await transaction.send({ messages: [{ topic: 'paid', partition: 0, value: 'x' }] });
      await expectValues(source, ['4', '3']);
      await transaction.commit();
      // The mark of its end has an offset, too.
      await expectValues(source, ['5', '5']);
    } finally {
      await source.stop();
      await writer.close();
    }
  }, 120_000);

  test('a topic that was made again is behind by nothing, which somebody should look at', async () => {
    await makeTopic('again', 1);
    await send('again', [9]);
    await commit('again', [9], 'again');
    await admin.deleteTopics({ topics: ['again'] });
    await waitUntil('its end', async () => !(await admin.listTopics()).includes('again'), PATIENT);
    const said: string[] = [];
    const own = { consumerGroup: 'again', topics: ['again'] };
    const source = createKafkaSource({
      name: 'kafka',
      config: configOf([own]),
      log: (level, message) => said.push(`${level} ${message}`),
    });
    try {
      await expectValues(source, ['Kafka: there is no topic again']);
      await makeTopic('again', 1);
      await commit('again', [9], 'again');
      await expectValues(source, ['0']);
      expect(said.at(-1)).toMatch(
        /warn kafka: metrics\[0\] lag0: .*committed more than again holds/,
      );
    } finally {
      await source.stop();
    }
  }, 120_000);

  test('the login is by TLS and a password whose file may change, and what is wrong is said', async () => {
    await makeTopic('secrets', 1);
    await send('secrets', [3]);
    await commit('secrets', [1], 'secret');
    const file = (name: string): string => join(folder.path, name);
    await writeFile(file('username'), 'bellows\n');
    await writeFile(file('password'), 'wrong-word\n');
    const config: KafkaSourceConfig = {
      ...configOf([{ consumerGroup: 'secret', topics: ['secrets'] }]),
      bootstrapServers: [broker.secure],
      sasl: {
        mechanism: 'SCRAM-SHA-512',
        usernameFile: file('username'),
        passwordFile: file('password'),
      },
      tls: { caFile: file('cert.pem'), certFile: '', keyFile: '' },
    };
    const untrusting = createKafkaSource({
      name: 'kafka',
      config: { ...config, tls: { caFile: '', certFile: '', keyFile: '' } },
    });
    const source = createKafkaSource({ name: 'kafka', config });
    try {
      await expectValues(source, [/^Kafka: .*(?:AUTHENTICATION|SASL)/]);
      const [refused] = await valuesOf(source);
      expect(refused).not.toMatch(/wrong-word|localhost/);
      await expectValues(untrusting, [/^Kafka: the broker's certificate is not trusted/]);
      await writeFile(file('password'), `${PASSWORD}\n`);
      await expectValues(source, ['2']);
    } finally {
      await source.stop();
      await untrusting.stop();
    }
  }, 120_000);
});

function makeCertificate(folder: string): { key: string; cert: string } {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...names, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

async function valuesOf(source: PolledSource): Promise<string[]> {
  const request = { namespace: 'shop', selector: parseLabelSelector('') };
  const values: string[] = [];
  for (const metric of source.external.list()) {
    const readings = await source.external.read(
      { ...request, metric },
      new AbortController().signal,
    );
    for (const { value } of readings ?? []) {
      values.push(value.kind === 'value' ? value.value.toString() : value.reason);
    }
  }
  return values;
}

/** Waits until they are these; then a difference shows. */
async function expectValues(
  source: PolledSource,
  expected: readonly (string | RegExp)[],
): Promise<void> {
  source.start();
  const isAsExpected = (value: string, index: number): boolean => {
    const wanted = expected[index];
    return wanted instanceof RegExp ? wanted.test(value) : wanted === value;
  };
  await waitUntil(
    'the values',
    async () => (await valuesOf(source)).every(isAsExpected),
    PATIENT,
  ).catch(async () => {
    expect(await valuesOf(source)).toEqual(expected);
  });
}
