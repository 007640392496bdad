import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startControlPlane, type ControlPlane } from '@bellows/e2e';
import {
  createInformer,
  createKubernetesClient,
  resourcePath,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

const PATH = resourcePath({ apiVersion: 'v1', resource: 'configmaps', namespace: 'default' });
const QUICK = { initialBackOffMs: 50, maxBackOffMs: 500 };
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };

/** A control plane of its own, whose API server is killed. */
describe.runIf(machineHas('kube'))('informer on a real API server', () => {
  let plane: ControlPlane;
  let client: KubernetesClient;

  beforeAll(async () => {
    plane = await startControlPlane({ kube: await buildKube(), programs: ['etcd', 'apiserver'] });
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig, timeoutMs: 5_000 });
  });

  afterAll(async () => {
    client.close();
    await plane.stop();
  });

  /** Asks until the API server answers: it may be on its way up. */
  async function write(
    method: 'POST' | 'PUT' | 'DELETE',
    name: string,
    value?: string,
  ): Promise<void> {
    const body = { metadata: { name, labels: { of: 'test' } }, data: { value: value ?? '' } };
    const path = method === 'POST' ? PATH : `${PATH}/${name}`;
    await client.write(method, path, method === 'DELETE' ? {} : { body });
  }

  test('is told of each change once, also of those made while the API server was away', async () => {
    const told: string[] = [];
    const errors: unknown[] = [];
    const informer = createInformer<ConfigMap>(
      client,
      { path: PATH, labelSelector: 'of=test' },
      {
        onAdd: ({ metadata, data }) => told.push(`+${metadata.name} ${data?.['value'] ?? ''}`),
        onUpdate: ({ metadata, data }) => told.push(`~${metadata.name} ${data?.['value'] ?? ''}`),
        onDelete: ({ metadata }) => told.push(`-${metadata.name}`),
        onError: (error) => errors.push(error),
      },
      QUICK,
    );
    await write('POST', 'a', '1');
    await informer.start();
    await write('POST', 'b', '1');
    await write('PUT', 'a', '2');
    await waitUntil('the changes', () => told.length === 3, PATIENT);
    expect(told).toEqual(['+a 1', '+b 1', '~a 2']);

    await plane.kill('apiserver');
    await waitUntil('the loss to be noticed', () => errors.length > 0, PATIENT);
    await plane.start('apiserver');
    await write('DELETE', 'b');
    await write('POST', 'c', '1');
    await write('PUT', 'a', '3');
    await waitUntil('the changes after the restart', () => told.length === 6, PATIENT);
    expect(told.slice(3)).toEqual(['-b', '+c 1', '~a 3']);
    expect(informer.list().map(({ metadata }) => metadata.name)).toEqual(['a', 'c']);
    expect(informer.get('a', 'default')?.data).toEqual({ value: '3' });
    await informer.stop();
    await write('DELETE', 'a');
    await write('DELETE', 'c');
  });

  test('lists again when its version has been forgotten', async () => {
    const list = await client.list(PATH);
    await write('POST', 'd', '1');
    // Its memory of what was before begins with its start.
    await plane.kill('apiserver');
    await plane.start('apiserver');
    const told: string[] = [];
    const errors: unknown[] = [];
    let lists = 0;
    // The first list shows an old version, as an informer has it that was away for long.
    const remembering: KubernetesClient = {
      ...{ server: client.server, context: client.context, namespace: client.namespace },
      get: (...args) => client.get(...args),
      write: (...args) => client.write(...args),
      stream: (...args) => client.stream(...args),
      list: async <T extends KubernetesObject>(path: string) => {
        lists += 1;
        return lists === 1 ? { ...list, items: [] } : client.list<T>(path);
      },
      accepting: (...args) => client.accepting(...args),
      close: () => undefined,
    };
    const informer = createInformer<ConfigMap>(
      remembering,
      { path: PATH, labelSelector: 'of=test' },
      { onAdd: ({ metadata }) => told.push(metadata.name), onError: (error) => errors.push(error) },
      QUICK,
    );
    await informer.start();
    await waitUntil('the second list', () => lists === 2, PATIENT);
    await waitUntil('the object', () => told.includes('d'), PATIENT);
    expect(errors).toEqual([]);
    await informer.stop();
    await write('DELETE', 'd');
  });

  test('reads a list of several pages', async () => {
    const names = Array.from({ length: 620 }, (_, index) => `page-${index}`);
    for (let from = 0; from < names.length; from += 40) {
      await Promise.all(names.slice(from, from + 40).map((name) => write('POST', name)));
    }
    const { items } = await client.list<ConfigMap>(PATH, { labelSelector: 'of=test' });
    expect(items).toHaveLength(names.length);
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    await client.write('DELETE', PATH, { query: { labelSelector: 'of=test' } });
  });
});
