import type { Kubelet, NodeIdentity, OutputLine, PodStatus } from '@bellows/kubelet';
import type { KubernetesClient } from '@bellows/kubernetes';
import type { ApiPod, ApiPodMeta } from './api-pod.ts';
import { apiPodStatus, refusedPodStatus } from './api-pod-status.ts';
import { createContainerHistory, type ContainerHistory } from './container-history.ts';
import type { ImageFolders } from './image-folder.ts';
import { createLogBuffer, type LogBuffer } from './log-buffer.ts';
import { podFromApi } from './pod-from-api.ts';
import { createPodReporter, type PodReporter } from './pod-reporter.ts';
import { readPodSources, type PodSources } from './pod-sources.ts';
import { persist } from './persist.ts';

/** What all pods of a node share. */
export interface NodePodParts {
  readonly client: KubernetesClient;
  readonly kubelet: Kubelet;
  readonly node: NodeIdentity;
  readonly folders: ImageFolders;
  /** Variables of the Services that a pod finds when it starts. */
  readonly variables: (pod: ApiPod) => Readonly<Record<string, string>>;
  /** The node stops. */
  readonly signal: AbortSignal;
}

/** One pod of a node: the API server's object on one side, the kubelet's processes on the other. */
export class NodePod {
  #pod: ApiPod;
  readonly #parts: NodePodParts;
  readonly #history: ContainerHistory;
  readonly #reporter: PodReporter;
  readonly #logs: ReadonlyMap<string, LogBuffer>;
  #state: 'waiting' | 'running' | 'removed' = 'waiting';
  #lastStatus = '';

  constructor(pod: ApiPod, parts: NodePodParts) {
    this.#pod = pod;
    this.#parts = parts;
    this.#history = createContainerHistory(pod);
    this.#reporter = createPodReporter(parts.client, pod.metadata, parts.signal);
    this.#logs = new Map(pod.spec.containers.map(({ name }) => [name, createLogBuffer()]));
  }

  get meta(): ApiPodMeta {
    return this.#pod.metadata;
  }

  /** The log of one of its containers. */
  log(container: string): LogBuffer | undefined {
    return this.#logs.get(container);
  }

  /** Gives it to the kubelet; resolves with whether the kubelet has it now. */
  async start(): Promise<boolean> {
    let read: Omit<PodSources, 'environment'> | undefined;
    await persist(this.#parts.signal, async () => {
      read = await readPodSources(this.#parts.client, this.#pod);
    });
    // Deleted meanwhile, or the node stops.
    if (read === undefined || this.#isRemoved() || this.#parts.signal.aborted) return false;
    try {
      const sources = { ...read, environment: this.#parts.variables(this.#pod) };
      const pod = podFromApi(this.#pod, sources, this.#parts.folders);
      this.#state = 'running';
      this.changed(this.#parts.kubelet.runPod(pod));
      return true;
    } catch (error) {
      this.#reporter.report(refusedPodStatus(error));
      return false;
    }
  }

  /** The object changed; what runs stays as it is. */
  update(pod: ApiPod): void {
    this.#pod = pod;
  }

  /** Asks its processes to end within so many seconds. */
  end(graceSeconds: number): void {
    if (this.#state === 'running') this.#parts.kubelet.deletePod(this.meta.uid, graceSeconds);
    else this.remove();
  }

  /** Nothing of it runs: lets the API server forget it. */
  remove(): void {
    if (this.#isRemoved()) return;
    this.#state = 'removed';
    this.#closeLogs();
    this.#reporter.remove();
  }

  /** The kubelet says how it is now. */
  changed(status: PodStatus): void {
    const { node } = this.#parts;
    this.#history.see(status.containerStatuses);
    if (status.phase === 'Succeeded' || status.phase === 'Failed') this.#closeLogs();
    const said = apiPodStatus(status, { pod: this.#pod, node, history: this.#history });
    const text = JSON.stringify(said);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    this.#reporter.report(said);
  }

  /** A line of one of its containers. */
  output({ container, text }: OutputLine): void {
    this.#logs.get(container)?.add({ atMs: Date.now(), text });
  }

  #closeLogs(): void {
    for (const log of this.#logs.values()) log.close();
  }

  #isRemoved(): boolean {
    return this.#state === 'removed';
  }
}
