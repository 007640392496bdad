import { arch, release } from 'node:os';
import { apiStatusOf, resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import { apiTime } from './api-pod-status.ts';
import { KUBELET_PORT, type NodeOptions } from './node-options.ts';

/** A kubelet says how its node is at least so often, besides renewing its lease. */
export const NODE_STATUS_PERIOD_MS = 60_000;

const NODES = { apiVersion: 'v1', resource: 'nodes' } as const;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64' };
const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID'],
  ['Ready', 'True', 'KubeletReady'],
] as const;

/**
 * Makes the Node object, or says of the one there is that it is ready. The taint `not-ready` that admission gives a new one is
 * removed by the node lifecycle controller.
 *
 * @returns The object's uid.
 */
export async function reportNode(
  client: KubernetesClient,
  options: NodeOptions,
  sinceMs: number,
): Promise<string> {
  const { name } = options.node;
  const status = nodeStatus(options, sinceMs);
  try {
    const patched = await client.write<{ metadata: { uid: string } }>(
      'PATCH',
      resourcePath({ ...NODES, name, subresource: 'status' }),
      { contentType: 'application/strategic-merge-patch+json', body: { status } },
    );
    return patched.metadata.uid;
  } catch (error) {
    if (apiStatusOf(error)?.code !== 404) throw error;
  }
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': architecture(),
  };
  const body = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status };
  const made = await client.write<{ metadata: { uid: string } }>('POST', resourcePath(NODES), {
    body,
  });
  return made.metadata.uid;
}

function nodeStatus({ node, capacity }: NodeOptions, sinceMs: number): object {
  const now = apiTime(Date.now());
  return {
    addresses: [
      { type: 'InternalIP', address: node.address },
      { type: 'Hostname', address: node.name },
    ],
    capacity,
    allocatable: capacity,
    conditions: CONDITIONS.map(([type, status, reason]) => ({
      ...{ type, status, reason, message: 'a node made of processes' },
      lastHeartbeatTime: now,
      lastTransitionTime: apiTime(sinceMs),
    })),
    daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
    nodeInfo: {
      ...{ architecture: architecture(), operatingSystem: 'linux', kernelVersion: release() },
      ...{
        osImage: 'none: pods are processes',
        containerRuntimeVersion: `node://${process.version}`,
      },
      ...{
        kubeletVersion: 'v1.37.2',
        kubeProxyVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
    },
  };
}

function architecture(): string {
  return ARCHITECTURES[arch()] ?? arch();
}
