import { kubectl, type ControlPlane } from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';

/** Numbers of pods that are asked about. */
export const COUNTS = [10, 100, 1000] as const;
/** Where they are. */
export const NAMESPACE = 'bench';
/** Written at a time: the API server is not what is measured. */
const WRITES = 50;

/**
 * Makes the pods, ready and with an address each that a target's port is on, and an autoscaler of the largest group. Resolves with an
 * administrator's token.
 */
export async function preparePods(plane: ControlPlane, targetPort: number): Promise<string> {
  const { info } = plane;
  await kubectl(info, ['create', 'namespace', NAMESPACE]);
  await kubectl(info, ['create', 'namespace', 'bellows-system']);
  // Where ours keeps its authority; the other signs itself.
  const secret = ['create', 'secret', 'generic', 'bellows-adapter-ca'];
  await kubectl(info, [...secret, '--namespace=bellows-system']);
  await kubectl(info, ['create', 'serviceaccount', 'default', `--namespace=${NAMESPACE}`]).catch(
    () => undefined,
  );
  const client = await createKubernetesClient({ kubeconfig: info.kubeconfig });
  const path = `/api/v1/namespaces/${NAMESPACE}/pods`;
  for (const count of COUNTS) {
    for (let from = 0; from < count; from += WRITES) {
      const indexes = Array.from(
        { length: Math.min(WRITES, count - from) },
        (_, index) => from + index,
      );
      await Promise.all(
        indexes.map(async (index) => {
          await client.write('POST', path, { body: podOf(count, index, targetPort) });
          const status = `${path}/${podName(count, index)}/status`;
          const contentType = 'application/merge-patch+json';
          await client.write('PATCH', status, {
            body: readyOn(addressOf(count, index)),
            contentType,
          });
        }),
      );
    }
  }
  await writeAutoscaler(client);
  client.close();
  const binding = ['create', 'clusterrolebinding', 'bench', '--clusterrole=cluster-admin'];
  await kubectl(info, [...binding, `--serviceaccount=${NAMESPACE}:default`]);
  const token = ['create', 'token', 'default', `--namespace=${NAMESPACE}`, '--duration=2h'];
  return (await kubectl(info, token)).trim();
}

/** Name of a pod of a group. */
export const podName = (count: number, index: number): string => `pods-${count}-${index}`;
/** Path of a metric of all pods of a group. */
export const pathOf = (count: number, metric: string): string =>
  `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${NAMESPACE}/pods/*/${metric}?labelSelector=group%3Dof-${count}`;

/** Of the size that real ones have, about 6 KB. */
function podOf(count: number, index: number, containerPort: number): object {
  const env = Array.from({ length: 60 }, (_, at) => ({
    name: `SETTING_${at}`,
    value: `value number ${at} of some length, as it is in manifests`,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName(count, index), labels: { group: `of-${count}` } },
    spec: {
      containers: [
        { name: 'app', image: 'none', env, ports: [{ name: 'metrics', containerPort }] },
      ],
    },
  };
}

/** An address of this machine for each pod. */
function addressOf(count: number, index: number): string {
  return `127.${String(count).length}.${Math.floor(index / 200)}.${(index % 200) + 1}`;
}

function readyOn(podIP: string): object {
  const conditions = [{ type: 'Ready', status: 'True' }];
  return { status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions } };
}

/** A Deployment whose selector is that of the largest group, and what scales it by what its pods say. */
async function writeAutoscaler(client: KubernetesClient): Promise<void> {
  const labels = { group: `of-${Math.max(...COUNTS)}` };
  const metadata = { name: 'web', namespace: NAMESPACE };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'none' }] } };
  await client.write('POST', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, {
    body: { metadata, spec: { replicas: 0, selector: { matchLabels: labels }, template } },
  });
  const metric = { name: 'queue_length' };
  const target = { type: 'AverageValue', averageValue: '1' };
  await client.write(
    'POST',
    `/apis/autoscaling/v2/namespaces/${NAMESPACE}/horizontalpodautoscalers`,
    {
      body: {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          maxReplicas: 2000,
          metrics: [{ type: 'Pods', pods: { metric, target } }],
        },
      },
    },
  );
}
