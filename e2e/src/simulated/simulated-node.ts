import {
  apiStatusOf,
  createInformer,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import type { ControlPlaneInfo } from '../kube/control-plane.ts';
import { runInNamespace } from '../namespace-addresses.ts';

/** Options of {@link startSimulatedNode}. */
export interface SimulatedNodeOptions {
  /** Its name. @defaultValue simulated */
  readonly name?: string;
  /** How many pods it takes. @defaultValue 2000 */
  readonly maxPods?: number;
}

/** A node that runs nothing: it says of each pod that it runs and is ready. */
export interface SimulatedNode {
  /** Its name, which pods are bound to. */
  readonly name: string;
  /** Pods that it has said are ready and that are not being deleted. */
  readyPods(): number;
  /** Says nothing more. Idempotent. */
  stop(): Promise<void>;
}

interface ApiPod extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly deletionTimestamp?: string };
  readonly status?: { readonly phase?: string };
}

/** Its pods' addresses, which all lead to this machine: see `startSimulatedPages`. */
const ADDRESSES = '10.245';
const HEARTBEAT_MS = 10_000;
/** Requests under way at once. */
const MAX_AT_ONCE = 8;
const MERGE = 'application/merge-patch+json';

/** Starts it, and resolves when pods can be bound to it. */
export async function startSimulatedNode(
  info: ControlPlaneInfo,
  client: KubernetesClient,
  { name = 'simulated', maxPods = 2_000 }: SimulatedNodeOptions = {},
): Promise<SimulatedNode> {
  await runInNamespace(info, [
    'ip',
    'route',
    'replace',
    'local',
    `${ADDRESSES}.0.0/16`,
    'dev',
    'lo',
  ]);
  const capacity = { cpu: String(maxPods), memory: '1Ti', pods: String(maxPods) };
  await client.write('POST', '/api/v1/nodes', {
    body: {
      ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
      status: { capacity, allocatable: capacity, ...readiness() },
    },
  });
  const heartbeat = setInterval(() => {
    const body = { status: readiness() };
    // The next one comes in time; a node counts as silent after four.
    client
      .write('PATCH', `/api/v1/nodes/${name}/status`, { contentType: MERGE, body })
      .catch(() => undefined);
  }, HEARTBEAT_MS);
  const pods = new SimulatedPods(client);
  const informer = createInformer<ApiPod>(
    client,
    { path: '/api/v1/pods', fieldSelector: `spec.nodeName=${name}` },
    {
      onAdd: (pod) => {
        pods.take(pod);
      },
      onUpdate: (pod) => {
        pods.take(pod);
      },
      onDelete: (pod) => {
        pods.forget(pod);
      },
    },
  );
  await informer.start();
  return {
    name,
    readyPods: () => pods.ready.size,
    async stop() {
      clearInterval(heartbeat);
      await informer.stop();
    },
  };
}

function readiness(): object {
  const now = new Date().toISOString();
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'simulated' };
  return { conditions: [{ ...ready, lastHeartbeatTime: now, lastTransitionTime: now }] };
}

class SimulatedPods {
  /** Uids of those said to be ready. */
  readonly ready = new Set<string>();
  readonly #client: KubernetesClient;
  readonly #waiting: ApiPod[] = [];
  #working = 0;
  #nextAddress = 1;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  take(pod: ApiPod): void {
    const isLeaving = pod.metadata.deletionTimestamp !== undefined;
    if (!isLeaving && pod.status?.phase === 'Running') return;
    if (isLeaving) this.forget(pod);
    this.#waiting.push(pod);
    if (this.#working < MAX_AT_ONCE) void this.#work();
  }

  forget({ metadata }: ApiPod): void {
    this.ready.delete(metadata.uid ?? '');
  }

  async #work(): Promise<void> {
    this.#working += 1;
    for (let pod = this.#waiting.shift(); pod !== undefined; pod = this.#waiting.shift()) {
      try {
        await this.#report(pod);
      } catch (error) {
        // A pod that is gone, or on its way, comes up again by itself.
        if (apiStatusOf(error)?.code !== 404) this.#waiting.push(pod);
      }
    }
    this.#working -= 1;
  }

  async #report({ metadata }: ApiPod): Promise<void> {
    const path = `/api/v1/namespaces/${metadata.namespace ?? ''}/pods/${metadata.name}`;
    if (metadata.deletionTimestamp !== undefined) {
      const body = { gracePeriodSeconds: 0, preconditions: { uid: metadata.uid } };
      await this.#client.write('DELETE', path, { body });
      return;
    }
    const podIP = this.#address();
    const now = new Date().toISOString();
    const condition = (type: string): object => ({ type, status: 'True', lastTransitionTime: now });
    const status = {
      ...{ phase: 'Running', startTime: now, podIP, podIPs: [{ ip: podIP }] },
      conditions: ['Initialized', 'ContainersReady', 'Ready'].map(condition),
    };
    await this.#client.write('PATCH', `${path}/status`, { contentType: MERGE, body: { status } });
    this.ready.add(metadata.uid ?? '');
  }

  #address(): string {
    const index = this.#nextAddress;
    this.#nextAddress += 1;
    return `${ADDRESSES}.${index >> 8}.${index & 255}`;
  }
}
