import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCertificateAuthority,
  kubectl,
  runInNamespace,
  startCluster,
  type CertificateAuthority,
  type Cluster,
} from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import {
  machineHas,
  pidsWithEnvironment,
  temporaryDirectory,
  waitUntil,
  type TemporaryDirectory,
} from '@bellows/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildKube } from '../../kube/build.mjs';
import { installChart, type InstalledChart } from '../../src/deploy/install-chart.ts';
import { deployNodePrometheus } from '../../src/metrics/node-prometheus.ts';
import {
  EXTERNAL_API,
  FOREIGN_API,
  NODE_RULES,
  type ApiService,
  type Namespace,
  type Pod,
  type ResourceList,
} from '../fixtures/delivered-objects.ts';
import { askSteadily, type AskedOnce } from '../../src/metrics/steady-asking.ts';

const NAMESPACE = 'bellows-system';
const NAME = 'bellows-adapter';
const HOST = `${NAME}.${NAMESPACE}.svc`;
/** Not the API server's, which listens on every address of this network. */
const PORT = 8443;
const SOON = { timeoutMs: 120_000, intervalMs: 200 };
const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2';
const MEMORY = `${CUSTOM}/namespaces/default/pods/%2A/container_memory_working_set_bytes`;
const OURS = [
  'v1beta1.custom.metrics.k8s.io',
  'v1beta2.custom.metrics.k8s.io',
  'v1beta1.metrics.k8s.io',
];
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** What Kubernetes and its nodes write by themselves, whatever is installed. */
const NOT_LISTED = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'componentstatuses',
]);

describe.runIf(machineHas('kube') && machineHas('prometheus') && machineHas('openssl'))(
  'the chart, installed as pods behind a Service',
  () => {
    let cluster: Cluster;
    let client: KubernetesClient;
    let folder: TemporaryDirectory;
    let release: InstalledChart;
    let values: Readonly<Record<string, unknown>>;
    let before: readonly string[];

    beforeAll(async () => {
      folder = await temporaryDirectory();
      cluster = await startCluster({
        kube: await buildKube(),
        // The API server then asks the endpoints of a Service itself.
        extraFlags: { apiserver: ['--enable-aggregator-routing=true'] },
      });
      client = await createKubernetesClient({ kubeconfig: cluster.plane.info.kubeconfig });
      const url = await deployNodePrometheus(cluster.plane, folder.path, { 'node-1': '10.0.9.11' });
      await run('create', 'namespace', NAMESPACE);
      await waitUntil('its account', () => isThere('serviceaccount/default'), SOON);
      before = await allObjects();
      values = {
        ...{ listenPort: PORT, metricsRelistInterval: '1m', rules: NODE_RULES },
        prometheus: { url: url.slice(0, url.lastIndexOf(':')), port: 9090 },
        register: { custom: true, external: true, resource: true },
        extraArguments: ['--shutdown-delay-duration=1s'],
      };
      await run('create', 'namespace', 'keda');
      await apply(FOREIGN_API);
      release = await installChart(cluster.plane, { folder: folder.path, values });
      await waitUntil('its APIs', async () => (await isAvailable(OURS)) && hasValue(MEMORY), SOON);
    }, 400_000);

    afterAll(async () => {
      client.close();
      await cluster.stop();
      await folder[Symbol.asyncDispose]();
    }, 120_000);

    const run = (...args: string[]): Promise<string> => kubectl(cluster.plane.info, args);
    const apply = (items: readonly object[]): Promise<string> =>
      kubectl(
        cluster.plane.info,
        ['apply', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );
    const isThere = (name: string): Promise<boolean> =>
      run('get', name, `--namespace=${NAMESPACE}`).then(
        () => true,
        () => false,
      );
    const hasValue = (path: string): Promise<boolean> =>
      client.get<{ items?: readonly object[] }>(path).then(
        ({ items = [] }) => items.length > 0,
        () => false,
      );

    async function isAvailable(names: readonly string[]): Promise<boolean> {
      const list = await client.list<ApiService>('/apis/apiregistration.k8s.io/v1/apiservices');
      return names.every((name) =>
        list.items
          .find(({ metadata }) => metadata.name === name)
          ?.status?.conditions?.some(
            ({ type, status }) => type === 'Available' && status === 'True',
          ),
      );
    }

    /** All objects of all kinds, as `KIND NAMESPACE/NAME`. */
    async function allObjects(): Promise<string[]> {
      const kinds = (await run('api-resources', '--verbs=list', '--output=name'))
        .trim()
        .split('\n')
        .filter((kind) => !NOT_LISTED.has(kind) && !kind.endsWith('metrics.k8s.io'));
      const text = await run(
        ...['get', kinds.join(','), '--all-namespaces', '--ignore-not-found'],
        '--output=jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}',
      );
      return text.trim().split('\n').sort();
    }

    async function pods(): Promise<Pod[]> {
      const list = await client.list<Pod>(`/api/v1/namespaces/${NAMESPACE}/pods`, {
        labelSelector: `app.kubernetes.io/name=${NAME}`,
      });
      return list.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    }

    const failuresOf = (answers: readonly AskedOnce[]): string[] =>
      answers.flatMap(({ problem }) => problem ?? []);

    test('an API of somebody else stays his, and the others are answered', async () => {
      const { spec } = await client.get<ApiService>(
        `/apis/apiregistration.k8s.io/v1/apiservices/${EXTERNAL_API}`,
      );
      expect(spec.service).toMatchObject({ namespace: 'keda', name: 'keda-operator' });
      const logs = await run('logs', `deployment/${NAME}`, `--namespace=${NAMESPACE}`);
      expect(logs).toContain(`${EXTERNAL_API} belongs to`);
    });

    test('it is taken with takeOver', async () => {
      values = { ...values, takeOver: true };
      await release.upgrade(values);
      await waitUntil('the external API', () => isAvailable([...OURS, EXTERNAL_API]), SOON);
      const path = '/apis/external.metrics.k8s.io/v1beta1/namespaces/default/up';
      await waitUntil('a value', () => hasValue(path), SOON);
      expect(JSON.parse(await run('get', '--raw', path))).toMatchObject({
        kind: 'ExternalMetricValueList',
        items: [{ metricName: 'up', value: '1' }],
      });
    }, 240_000);

    test('its discovery is the same in both forms, and kubectl lists it', async () => {
      const list = JSON.parse(await run('get', '--raw', CUSTOM)) as ResourceList;
      expect(list.resources.map(({ name }) => name)).toContain(
        'pods/container_memory_working_set_bytes',
      );
      const aggregated = await client
        .accepting(AGGREGATED)
        .get<{ items: readonly { metadata: { name: string }; versions: object[] }[] }>('/apis');
      const custom = aggregated.items.find(
        ({ metadata }) => metadata.name === 'custom.metrics.k8s.io',
      );
      expect(custom?.versions).toMatchObject([{ version: 'v1beta2' }, { version: 'v1beta1' }]);
      const kinds = await run('api-resources', '--api-group=metrics.k8s.io', '--output=name');
      expect(kinds.trim().split('\n').sort()).toEqual([
        'nodes.metrics.k8s.io',
        'pods.metrics.k8s.io',
      ]);
    });

    test('who may not view a namespace reads no metric of it; who may, does', async () => {
      const asJane = (): Promise<string> => run('get', '--raw', MEMORY, '--as=jane');
      await expect(asJane()).rejects.toThrow(/Forbidden|forbidden/);
      await run('create', 'rolebinding', 'jane', '--clusterrole=view', '--user=jane');
      await waitUntil('jane is let in', () => asJane().catch(() => false), SOON);
      expect(JSON.parse(await asJane())).toMatchObject({ kind: 'MetricValueList' });
      await expect(
        run('get', '--raw', MEMORY.replace('default', NAMESPACE), '--as=jane'),
      ).rejects.toThrow(/orbidden/);
      await run('delete', 'rolebinding', 'jane');
    }, 240_000);

    test('kubectl top shows what nodes and pods use', async () => {
      const top = (what: string, row: RegExp): Promise<unknown> =>
        waitUntil(
          `the usage of ${what}`,
          () =>
            run('top', what, '--no-headers').then(
              (text) => row.test(text),
              () => false,
            ),
          SOON,
        );
      await top('pods', /^prometheus-\S+\s+\d+m\s+\d+Mi/m);
      await top('nodes', /^node-1\s+\d+m\s+\d+%\s+\d+Mi\s+\d+%/m);
    }, 240_000);

    test('one replica that is killed leaves the other answering, and comes back', async () => {
      const asking = askSteadily(client, MEMORY);
      expect(failuresOf(await asking.more(20))).toEqual([]);
      const from = asking.answers.length;
      const [victim] = await pods();
      const { name, uid } = victim?.metadata ?? { name: '', uid: '' };
      const pids = pidsWithEnvironment('BELLOWS_POD_UID', uid);
      expect(pids).not.toEqual([]);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      await waitUntil(
        'it is ready again',
        async () => {
          const found = (await pods()).find(({ metadata }) => metadata.name === name);
          const [status] = found?.status?.containerStatuses ?? [];
          return status !== undefined && status.restartCount > 0 && status.ready;
        },
        SOON,
      );
      const meanwhile = asking.answers.slice(from);
      expect(meanwhile.some(({ problem }) => problem === undefined)).toBe(true);
      await waitUntil(
        'both are asked',
        async () => failuresOf(await asking.more(5)).length === 0,
        SOON,
      );
      expect(failuresOf(await asking.more(50))).toEqual([]);
      await asking.stop();
    }, 240_000);

    test('the authority of the front proxy changes, then the API server is killed: pods go on', async () => {
      const asking = askSteadily(client, MEMORY);
      const file = (name: string): string => join(cluster.plane.info.folder, name);
      const authority = await createCertificateAuthority('the next front proxy');
      const next = await authority.issue({ subject: 'CN=front-proxy-client' });
      const old = readFileSync(file('front-proxy-ca.crt'), 'utf8');
      replace(file('front-proxy-ca.crt'), `${old}\n${authority.certificate}\n`);
      await waitUntil(
        'pods are told',
        async () => (await proxyAuthorities()).includes(authority.certificate.trim()),
        SOON,
      );
      expect(failuresOf(await asking.more(50))).toEqual([]);
      replace(file('front-proxy-client.key'), next.key);
      replace(file('front-proxy-client.crt'), next.certificate);
      expect(failuresOf(await asking.more(20))).toEqual([]);
      await asking.stop();
      expect(failuresOf(asking.answers)).toEqual([]);
      const started = await restarts();
      await cluster.plane.kill('apiserver');
      await cluster.plane.start('apiserver');
      await waitUntil(
        'its APIs',
        async () => (await isAvailable([...OURS, EXTERNAL_API])) && hasValue(MEMORY),
        SOON,
      );
      expect(await restarts()).toEqual(started);
    }, 240_000);

    async function proxyAuthorities(): Promise<string> {
      const path = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';
      const { data } = await client.get<{ data: Readonly<Record<string, string>> }>(path);
      return data['requestheader-client-ca-file'] ?? '';
    }

    async function restarts(): Promise<number[]> {
      const statuses = (await pods()).flatMap(({ status }) => status?.containerStatuses ?? []);
      return statuses.map(({ restartCount }) => restartCount);
    }

    test('a certificate of files is replaced while it is asked', async () => {
      const authority = await createCertificateAuthority('adapter');
      await release.upgrade(await withCertificate(authority));
      await waitUntil(
        'its APIs',
        async () => (await isAvailable([...OURS, EXTERNAL_API])) && hasValue(MEMORY),
        SOON,
      );
      const shown = await servedCertificates();
      const asking = askSteadily(client, MEMORY);
      await release.upgrade(await withCertificate(authority));
      await waitUntil(
        'all show the new one',
        async () => {
          const now = await servedCertificates();
          return now.length === 2 && now.every((one) => one !== '' && !shown.includes(one));
        },
        SOON,
      );
      expect(failuresOf(await asking.more(20))).toEqual([]);
      await asking.stop();
      expect(failuresOf(asking.answers)).toEqual([]);
    }, 240_000);

    async function withCertificate(authority: CertificateAuthority): Promise<object> {
      const { certificate, key } = await authority.issue({ subject: `CN=${HOST}`, hosts: [HOST] });
      return { ...values, tls: { enable: true, ca: authority.certificate, certificate, key } };
    }

    /** The certificate of each pod; empty: it does not listen. */
    async function servedCertificates(): Promise<string[]> {
      return Promise.all(
        (await pods()).map(async ({ status }) => {
          const command = ['openssl', 's_client', '-connect', `${status?.podIP ?? ''}:${PORT}`];
          const text = await runInNamespace(cluster.plane.info, command).catch(() => '');
          return /-----BEGIN[^]*-----END CERTIFICATE-----/.exec(text)?.[0] ?? '';
        }),
      );
    }

    test('a namespace waits for an adapter that is away, and goes when it is back', async () => {
      await run('scale', `deployment/${NAME}`, `--namespace=${NAMESPACE}`, '--replicas=0');
      await waitUntil('nobody answers', async () => !(await isAvailable(OURS)), SOON);
      await run('create', 'namespace', 'short-lived');
      await run('create', 'configmap', 'content', '--namespace=short-lived');
      await run('delete', 'namespace', 'short-lived', '--wait=false');
      const status = await waitUntil(
        'Kubernetes says why',
        async () => {
          const { status: found } = await client.get<Namespace>('/api/v1/namespaces/short-lived');
          const failure = found.conditions?.find(
            ({ type }) => type === 'NamespaceDeletionDiscoveryFailure',
          );
          return failure?.status === 'True' && found;
        },
        SOON,
      );
      expect(status.phase).toBe('Terminating');
      // What can be discovered is deleted all the same.
      expect(await run('get', 'configmaps', '--namespace=short-lived', '--output=name')).toBe('');
      await run('scale', `deployment/${NAME}`, `--namespace=${NAMESPACE}`, '--replicas=2');
      await waitUntil(
        'the namespace is gone',
        async () => !(await run('get', 'namespaces', '--output=name')).includes('short-lived'),
        { ...SOON, timeoutMs: 200_000 },
      );
    }, 400_000);

    test('uninstalling gives the taken API back and leaves nothing behind', async () => {
      await release.uninstall();
      const { spec, metadata } = await client.get<ApiService>(
        `/apis/apiregistration.k8s.io/v1/apiservices/${EXTERNAL_API}`,
      );
      expect(spec).toMatchObject({
        insecureSkipTLSVerify: true,
        service: { namespace: 'keda', name: 'keda-operator' },
      });
      expect(JSON.stringify(metadata)).not.toContain('bellows.dev');
      await run('delete', 'apiservice', EXTERNAL_API);
      await run('delete', 'namespace', 'keda');
      let left: readonly string[] = [];
      await waitUntil(
        'nothing is left',
        async () => {
          left = await allObjects();
          return left.every((object) => before.includes(object));
        },
        SOON,
      ).catch(() => undefined);
      expect(left).toEqual(before);
    }, 240_000);
  },
);

/** A file is there at every moment, in full. */
function replace(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
