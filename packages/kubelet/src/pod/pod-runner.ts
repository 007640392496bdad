import type { Condition, ObjectEvent } from '@bellows/core';
import type { PodAddress } from '../address/pod-addresses.ts';
import { ContainerRunner } from '../container/container-runner.ts';
import type { KubeletListener } from '../kubelet.ts';
import type { ContainerUsage, Pod, PodStatus } from '../pod.ts';
import type { KubeletServices } from './pod-context.ts';
import { podConditions, podPhase } from './pod-conditions.ts';

/** Runs the containers of one pod and says how it is. */
export class PodRunner {
  readonly pod: Pod;
  readonly address: PodAddress;
  readonly #listener: KubeletListener;
  readonly #onOver: () => void;
  readonly #containers: readonly ContainerRunner[];
  readonly #startTimeMs = Date.now();
  #deletionTimestampMs: number | undefined;
  #conditions: readonly Condition[] = [];
  #status: PodStatus;
  #over = false;

  constructor(
    pod: Pod,
    options: {
      readonly address: PodAddress;
      readonly services: KubeletServices;
      readonly listener: KubeletListener;
      /** Deleted, and none of its processes is left. */
      readonly onOver: () => void;
    },
  ) {
    this.pod = pod;
    this.address = options.address;
    this.#listener = options.listener;
    this.#onOver = options.onOver;
    const context = {
      pod,
      address: options.address,
      services: options.services,
      changed: () => {
        this.#changed();
      },
      event: (event: ObjectEvent) => {
        // A hook that is being called off has nothing to say about a pod that is gone.
        if (!this.#over) this.#listener.event?.(this.#status, event);
      },
      output: (container: { name: string }, stream: 'stdout' | 'stderr', text: string) =>
        this.#listener.output?.(
          { pod: pod.metadata.name, container: container.name, stream, text },
          pod.metadata,
        ),
    };
    this.#containers = pod.spec.containers.map(
      (container) => new ContainerRunner(container, context),
    );
    this.#status = this.#look();
  }

  /** Starts all containers, unless the pod has been deleted meanwhile. */
  start(): void {
    for (const container of this.#containers) {
      if (this.#deletionTimestampMs === undefined) container.start();
    }
  }

  /** The pod's status now. */
  status(): PodStatus {
    return this.#status;
  }

  /** Main processes of the running containers. */
  pids(): number[] {
    return this.#containers.map((container) => container.pid()).filter((pid) => pid !== undefined);
  }

  /** What the running containers have used. */
  usage(): readonly ContainerUsage[] {
    return this.#containers.flatMap((container) => {
      const usage = container.usage();
      return usage === undefined ? [] : [{ container: container.status().name, ...usage }];
    });
  }

  /** Deletes the pod, or hurries its deletion. The listener hears of it before any process does. */
  delete(graceSeconds: number = this.pod.spec.terminationGracePeriodSeconds): void {
    const first = this.#deletionTimestampMs === undefined;
    this.#deletionTimestampMs ??= Date.now();
    if (first) this.#changed();
    for (const container of this.#containers) container.stop(graceSeconds * 1000);
  }

  /** For a pod that is over: resolves when nothing is left of its probes and hooks either. */
  async settled(): Promise<void> {
    await Promise.all(this.#containers.map((container) => container.settled()));
  }

  #changed(): void {
    if (this.#over) return;
    this.#status = this.#look();
    this.#listener.podChanged?.(this.#status);
    if (this.#deletionTimestampMs === undefined) return;
    if (!this.#containers.every((container) => container.isOver())) return;
    this.#over = true;
    this.#onOver();
  }

  #look(): PodStatus {
    const containerStatuses = this.#containers.map((container) => container.status());
    const complete = this.#containers.every((container) => container.isOver());
    const phase = podPhase(containerStatuses, complete);
    this.#conditions = podConditions(
      { containers: containerStatuses, phase },
      this.#conditions,
      Date.now(),
    );
    const problems = this.#containers
      .map((container) => container.problem())
      .filter((problem) => problem !== undefined);
    return {
      metadata: this.pod.metadata,
      spec: this.pod.spec,
      phase,
      podIP: this.address.address,
      portMap: this.address.portMap,
      startTimeMs: this.#startTimeMs,
      ...(this.#deletionTimestampMs === undefined
        ? {}
        : { deletionTimestampMs: this.#deletionTimestampMs }),
      conditions: this.#conditions,
      containerStatuses,
      ...(problems.length === 0 ? {} : { message: problems.join('\n') }),
    };
  }
}
