import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClusterResources, createObjectIndex } from '@bellows/adapter';
import { parseLabelSelector } from '@bellows/core';
import { startControlPlane, type ControlPlane } from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };
const PODS = '/api/v1/namespaces/default/pods';

describe.runIf(machineHas('kube'))("the adapter's index on a real API server", () => {
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

  async function makePod(name: string): Promise<void> {
    const containers = [{ name: 'app', image: 'none' }];
    const body = {
      metadata: { name, labels: { app: 'web' } },
      spec: { containers, serviceAccountName: 'default', automountServiceAccountToken: false },
    };
    await client.write('POST', PODS, { body });
  }

  test('reads all resources in one go, and follows pods by their metadata alone', async () => {
    const resources = createClusterResources({ client });
    resources.start();
    const mapper = await waitUntil('the resources', () => resources.mapper(), PATIENT);
    expect(mapper.find({ group: '', resource: 'Deployment' })).toMatchObject({
      ...{ group: 'apps', version: 'v1', name: 'deployments', namespaced: true },
    });
    const pods = mapper.find({ group: '', resource: 'pod' });
    if (pods === undefined) throw new Error('the cluster has no pods');
    expect(pods).toMatchObject({ group: '', name: 'pods', kind: 'Pod' });
    await waitUntil(
      'the account that pods need',
      () =>
        client
          .write('POST', '/api/v1/namespaces/default/serviceaccounts', {
            body: { metadata: { name: 'default' } },
          })
          .then(
            () => true,
            (error: unknown) => String(error).includes('409') || String(error).includes('exists'),
          ),
      PATIENT,
    );
    await makePod('listed');
    const index = createObjectIndex({ client, initialBackOffMs: 50, maxBackOffMs: 500 });
    const names = async (): Promise<string[]> => {
      const selection = { namespace: 'default', selector: parseLabelSelector('app=web') };
      const found = await index.select(pods, selection, new AbortController().signal);
      return found.map(({ name }) => name);
    };
    expect(await names()).toEqual(['listed']);
    await makePod('watched');
    await waitUntil('the new pod', async () => (await names()).includes('watched'), PATIENT);
    expect(index.state()[0]).not.toHaveProperty('problem');
    const status = { status: { phase: 'Succeeded' } };
    await client.write('PATCH', `${PODS}/listed/status`, {
      ...{ body: status, contentType: 'application/merge-patch+json' },
    });
    await waitUntil('no finished pod', async () => !(await names()).includes('listed'), PATIENT);
    expect(await names()).toEqual(['watched']);
    await index.stop();
    await resources.stop();
  });
});
