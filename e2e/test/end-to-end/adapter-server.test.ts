import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDelegatedAuthentication,
  createDelegatedAuthorization,
  createMetricsApiServer,
  type DelegatedAuthentication,
  type MetricsApiServer,
  type RequestReport,
  type Source,
} from '@bellows/adapter';
import { observed, Quantity } from '@bellows/core';
import {
  createCertificateAuthority,
  createTestNamespace,
  exposePort,
  kubectl,
  startControlPlane,
  type CertificateAuthority,
  type ControlPlane,
  type ExposedPort,
  type TestNamespace,
} from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import { machineHas, waitUntil } from '@bellows/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildKube } from '../../kube/build.mjs';

const SERVICE = { namespace: 'kube-system', name: 'adapter' };
const HOST = `${SERVICE.name}.${SERVICE.namespace}.svc`;
const APIS = [
  { group: 'custom.metrics.k8s.io', version: 'v1beta2', versionPriority: 200 },
  { group: 'custom.metrics.k8s.io', version: 'v1beta1', versionPriority: 100 },
  { group: 'external.metrics.k8s.io', version: 'v1beta1', versionPriority: 100 },
];
const WAIT = { timeoutMs: 90_000, intervalMs: 200 };
const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1';

interface ApiService {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly { readonly status: string; readonly message: string }[];
  };
}

interface DiscoveredGroup {
  readonly metadata: { readonly name: string };
  readonly versions: readonly {
    readonly freshness: string;
    readonly resources?: readonly object[];
  }[];
}

/** A control plane of its own: the metrics APIs are registered once for all of it. */
describe.runIf(machineHas('kube'))('the metrics API server behind an aggregator', () => {
  let plane: ControlPlane;
  let client: KubernetesClient;
  let authentication: DelegatedAuthentication;
  let server: MetricsApiServer;
  let exposed: ExposedPort;
  let authority: CertificateAuthority;
  let namespace: TestNamespace;
  const reports: RequestReport[] = [];
  const logged: string[] = [];

  beforeAll(async () => {
    plane = await startControlPlane({
      kube: await buildKube(),
      extraFlags: { 'controller-manager': ['--horizontal-pod-autoscaler-sync-period=1s'] },
    });
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig });
    namespace = await createTestNamespace(plane.info);
    authority = await createCertificateAuthority('adapter');
    const log = (level: string, message: string): void => void logged.push(`${level} ${message}`);
    authentication = createDelegatedAuthentication({ client, log });
    await authentication.start();
    server = createMetricsApiServer({
      ...{ sources: [SOURCE], authenticator: authentication, log, port: 0, host: '127.0.0.1' },
      authorizer: createDelegatedAuthorization({ client, log }),
      certificate: await authority.issue({ subject: `CN=${HOST}`, hosts: [HOST] }),
      onRequest: (report) => reports.push(report),
    });
    const { port } = await server.start();
    exposed = await exposePort(plane.info, port);
    await register(port);
    await waitUntil('all are available', allAvailable, WAIT);
  });

  afterAll(async () => {
    await exposed.stop();
    await server.stop();
    await authentication.stop();
    client.close();
    await namespace.delete();
    await plane.stop();
  });

  async function register(port: number): Promise<void> {
    await client.write('POST', `/api/v1/namespaces/${SERVICE.namespace}/services`, {
      body: {
        ...{ apiVersion: 'v1', kind: 'Service', metadata: SERVICE },
        spec: { type: 'ExternalName', externalName: 'localhost' },
      },
    });
    for (const { group, version, versionPriority } of APIS) {
      await client.write('POST', '/apis/apiregistration.k8s.io/v1/apiservices', {
        body: {
          ...{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService' },
          metadata: { name: `${version}.${group}` },
          spec: {
            ...{ group, version, versionPriority, groupPriorityMinimum: 100 },
            service: { ...SERVICE, port },
            caBundle: Buffer.from(authority.certificate).toString('base64'),
          },
        },
      });
    }
  }

  async function allAvailable(): Promise<boolean> {
    const { items } = await client.list<ApiService>('/apis/apiregistration.k8s.io/v1/apiservices');
    const ours = items.filter(({ metadata }) => metadata.name.endsWith('metrics.k8s.io'));
    return (
      ours.length === APIS.length &&
      ours.every(({ status }) => status?.conditions?.some((one) => one.status === 'True'))
    );
  }

  test('its values come through, for both versions and a star that is encoded', async () => {
    const path = `${CUSTOM}/namespaces/${namespace.name}/pods`;
    const list = await client.get<{ items: object[] }>(`${path}/%2A/rps`, { labelSelector: 'a=b' });
    expect(list).toMatchObject({
      apiVersion: 'custom.metrics.k8s.io/v1beta2',
      items: [{ metric: { name: 'rps', selector: null }, value: '10500m' }],
    });
    const external = `${EXTERNAL}/namespaces/${namespace.name}/lag`;
    expect(await client.get(external)).toMatchObject({ items: [{ value: '40' }] });
    await expect(client.get(`${EXTERNAL}/namespaces/${namespace.name}/none`)).rejects.toMatchObject(
      {
        code: 'ERR_KUBERNETES_NOT_FOUND',
        message: expect.stringContaining('could not find the external metric none') as string,
      },
    );
  });

  test('discovery shows its metrics, old and aggregated, and kubectl reads them', async () => {
    await waitUntil(
      'aggregated discovery has them',
      async () => {
        const { items } = await client
          .accepting('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList')
          .get<{ items: readonly DiscoveredGroup[] }>('/apis');
        const ours = items.filter(({ metadata }) => metadata.name.endsWith('metrics.k8s.io'));
        const versions = ours.flatMap((group) => group.versions);
        return (
          versions.length === APIS.length &&
          versions.every(
            ({ freshness, resources = [] }) => freshness === 'Current' && resources.length > 0,
          )
        );
      },
      WAIT,
    );
    const group = await client.get<{ preferredVersion: object }>('/apis/custom.metrics.k8s.io');
    expect(group.preferredVersion).toMatchObject({ version: 'v1beta2' });
    const listed = await kubectl(plane.info, ['get', '--raw', CUSTOM]);
    expect(JSON.parse(listed)).toMatchObject({ resources: [{ name: 'pods/rps' }] });
  });

  test('its OpenAPI documents are taken', async () => {
    await waitUntil(
      'the API server has them',
      async () => {
        const { paths } = await client.get<{ paths: Record<string, unknown> }>('/openapi/v3');
        return APIS.every(({ group, version }) => `apis/${group}/${version}` in paths);
      },
      WAIT,
    );
    await waitUntil(
      'the merged document has them',
      async () => {
        const { paths } = await client.get<{ paths: Record<string, unknown> }>('/openapi/v2');
        return APIS.every(({ group, version }) => `/apis/${group}/${version}/` in paths);
      },
      WAIT,
    );
  });

  test('who may not is told so by the rules of the cluster, and let in when they change', async () => {
    const asJane = (path: string): Promise<string> =>
      kubectl(plane.info, ['get', '--raw', path, '--as=jane', '--as-group=dev']);
    const path = `${EXTERNAL}/namespaces/${namespace.name}/lag`;
    await expect(asJane(path)).rejects.toThrow(/cannot list resource "lag"/);
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace.name}`;
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    const metadata = { name: 'lag' };
    const rules = [{ apiGroups: ['external.metrics.k8s.io'], resources: ['lag'], verbs: ['list'] }];
    await client.write('POST', `${rbac}/roles`, {
      body: { apiVersion, kind: 'Role', metadata, rules },
    });
    await client.write('POST', `${rbac}/rolebindings`, {
      body: {
        ...{ apiVersion, kind: 'RoleBinding', metadata },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'lag' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'dev' }],
      },
    });
    await waitUntil(
      'jane is let in',
      () =>
        asJane(path).then(
          (text) => text.includes('"value":"40"'),
          () => false,
        ),
      WAIT,
    );
  });

  test('the availability probes leave no error behind, on either side', async () => {
    const before = reports.length;
    await waitUntil('it is probed', () => reports.length > before, WAIT);
    expect(logged.filter((line) => !line.startsWith('info'))).toEqual([]);
    const log = readFileSync(join(plane.info.folder, 'apiserver.log'), 'utf8');
    expect(log).not.toContain('OpenAPI spec does not exist');
  });

  test('it stays available while its certificate is replaced', async () => {
    server.setCertificate(await authority.issue({ subject: `CN=${HOST}`, hosts: [HOST] }));
    const path = `${EXTERNAL}/namespaces/${namespace.name}/lag`;
    expect(await client.get(path)).toMatchObject({ items: [{ value: '40' }] });
    expect(await allAvailable()).toBe(true);
  });
});

const SOURCE: Source = {
  name: 'memory',
  custom: {
    list: () => [{ resource: { group: '', resource: 'pods' }, namespaced: true, metric: 'rps' }],
    read: ({ metric, namespace }) =>
      Promise.resolve(
        metric === 'rps'
          ? [
              {
                object: { kind: 'Pod', namespace, name: 'a', apiVersion: 'v1' },
                value: observed(Quantity.parse('10500m'), Date.now()),
              },
            ]
          : undefined,
      ),
  },
  external: {
    list: () => ['lag'],
    read: ({ metric }) =>
      Promise.resolve(
        metric === 'lag'
          ? [{ labels: {}, value: observed(Quantity.parse('40'), Date.now()) }]
          : undefined,
      ),
  },
  start: () => undefined,
  isReady: () => true,
  state: () => [],
  stop: () => Promise.resolve(),
};
