import { orUndefined, type KubernetesObject } from '@bellows/kubernetes';
import type { TestNamespace } from './test-namespace.ts';

interface Pod extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string }[] };
}

/** Says of every pod of a namespace that it runs and is ready, as a kubelet would, and returns the pods' names. */
export async function makePodsReady(namespace: TestNamespace): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace.name}/pods`;
  const { items } = await namespace.client.list<Pod>(path);
  // Long enough ago that the HPA takes them for started.
  const startTime = new Date(Date.now() - 3_600_000).toISOString();
  const now = new Date(Date.now() - 1_800_000).toISOString();
  for (const { metadata, status } of items) {
    // Each write is a change that whoever watches has to take in.
    if (status?.conditions?.some(({ type }) => type === 'Ready') === true) continue;
    // One that has been deleted meanwhile is none any more.
    const writing = namespace.client.write('PATCH', `${path}/${metadata.name}/status`, {
      contentType: 'application/merge-patch+json',
      body: {
        status: {
          phase: 'Running',
          startTime,
          conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: now }],
        },
      },
    });
    await orUndefined(writing);
  }
  return items.map(({ metadata }) => metadata.name);
}
