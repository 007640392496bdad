import { createKubelet, type Kubelet } from '@bellows/kubelet';
import {
  createInformer,
  createKubernetesClient,
  resourcePath,
  type Informer,
  type KubernetesClient,
} from '@bellows/kubernetes';
import type { ApiPod } from './api-pod.ts';
import { createEventRecorder, type EventRecorder } from './event-recorder.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { createKubeletServer, type KubeletServer } from './kubelet-server.ts';
import { NodePod, type NodePodParts } from './node-pod.ts';
import type { NodeOptions } from './node-options.ts';
import { serviceVariables, type ApiService } from './service-variables.ts';
import { createUsageSamples, type UsageSamples } from './usage-samples.ts';

/** A node of a cluster whose pods are processes. */
export interface NodeAgent {
  /** Resolves when the node is ready for pods. */
  start(): Promise<void>;
  /** Ends all its pods at once and says nothing about it, as a machine that is switched off. Idempotent. */
  stop(): Promise<void>;
}

/** Makes a node: Bellows' kubelet, told by an API server what to run, and telling it what became of it. */
export async function createNodeAgent(options: NodeOptions): Promise<NodeAgent> {
  const { kubeconfig, node } = options;
  const client = await createKubernetesClient({ kubeconfig, userAgent: 'kubelet/v1.37.2' });
  return new ProcessNode(options, client, createEventRecorder(client, node.name));
}

class ProcessNode implements NodeAgent {
  readonly #client: KubernetesClient;
  readonly #kubelet: Kubelet;
  readonly #heartbeat: Heartbeat;
  readonly #server: KubeletServer;
  readonly #samples: UsageSamples;
  readonly #services: Informer<ApiService>;
  readonly #podInformer: Informer<ApiPod>;
  readonly #pods = new Map<string, NodePod>();
  readonly #parts: NodePodParts;
  readonly #stopping = new AbortController();

  constructor(options: NodeOptions, client: KubernetesClient, record: EventRecorder) {
    const { node, stateDirectory, podAddresses, folders } = options;
    this.#client = client;
    this.#kubelet = createKubelet(
      { stateDirectory, configMaps: [], secrets: [], environment: {}, podAddresses, node },
      {
        podChanged: (status) => {
          this.#samples.changed(status);
          this.#pods.get(status.metadata.uid)?.changed(status);
        },
        podDeleted: ({ metadata }) => {
          this.#forget(metadata.uid);
        },
        event: ({ metadata }, event) => {
          const pod = this.#pods.get(metadata.uid);
          if (pod !== undefined) record(pod.meta, event);
        },
        output: (line, { uid }) => this.#pods.get(uid)?.output(line),
      },
    );
    this.#samples = createUsageSamples(this.#kubelet);
    this.#heartbeat = createHeartbeat(client, options);
    this.#server = createKubeletServer({
      ...{ client, options },
      log: (...names) => this.#find(names[0], names[1])?.log(names[2]),
      usage: () => this.#kubelet.pods().map((pod) => ({ pod, usage: this.#samples.of(pod) })),
    });
    this.#services = createInformer<ApiService>(client, {
      path: resourcePath({ apiVersion: 'v1', resource: 'services' }),
    });
    this.#podInformer = this.#watchPods(node.name);
    this.#parts = {
      ...{ client, node, folders, kubelet: this.#kubelet, signal: this.#stopping.signal },
      variables: ({ metadata, spec }) =>
        serviceVariables(
          this.#services.list(),
          metadata.namespace,
          spec.enableServiceLinks !== false,
        ),
    };
  }

  async start(): Promise<void> {
    await this.#kubelet.start();
    await this.#server.start();
    await this.#heartbeat.start();
    // A pod that starts finds the Services there are.
    await this.#services.start();
    await this.#podInformer.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#heartbeat.stop();
    this.#samples.stop();
    await Promise.all([this.#podInformer.stop(), this.#services.stop(), this.#server.stop()]);
    await this.#kubelet.stop(0);
    this.#client.close();
  }

  #watchPods(node: string): Informer<ApiPod> {
    return createInformer<ApiPod>(
      this.#client,
      {
        path: resourcePath({ apiVersion: 'v1', resource: 'pods' }),
        fieldSelector: `spec.nodeName=${node}`,
      },
      {
        onAdd: (pod) => {
          this.#take(pod);
        },
        onUpdate: (pod, previous) => {
          // Deleted and made again between two looks.
          if (previous.metadata.uid !== pod.metadata.uid)
            this.#pods.get(previous.metadata.uid)?.end(0);
          this.#take(pod);
        },
        onDelete: ({ metadata }) => {
          this.#pods.get(metadata.uid)?.end(metadata.deletionGracePeriodSeconds ?? 0);
        },
        onError: (error) => {
          process.stderr.write(`${String(error)}\n`);
        },
      },
    );
  }

  #take(pod: ApiPod): void {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    const known = this.#pods.get(uid);
    if (known !== undefined) {
      known.update(pod);
      if (deletionTimestamp !== undefined) known.end(deletionGracePeriodSeconds ?? 0);
      return;
    }
    if (isOver && deletionTimestamp === undefined) return;
    const taken = new NodePod(pod, this.#parts);
    if (deletionTimestamp !== undefined) {
      taken.remove();
      return;
    }
    this.#pods.set(uid, taken);
    void taken.start().then((hasStarted) => {
      if (!hasStarted) this.#pods.delete(uid);
    });
  }

  #forget(uid: string): void {
    this.#samples.remove(uid);
    this.#pods.get(uid)?.remove();
    this.#pods.delete(uid);
  }

  #find(namespace: string, name: string): NodePod | undefined {
    return [...this.#pods.values()].find(
      ({ meta }) => meta.namespace === namespace && meta.name === name,
    );
  }
}
