import { fileURLToPath } from 'node:url';
import { BellowsError } from '@bellows/core';
import { createGivenAddresses } from './address/given-addresses.ts';
import { createLoopbackAddresses } from './address/loopback-addresses.ts';
import { createPortPerPod } from './address/port-per-pod.ts';
import type { PodAddresses } from './address/pod-addresses.ts';
import { LOCAL_NODE } from './environment/field-ref.ts';
import { machineEnvironment } from './environment/machine-environment.ts';
import type { Kubelet, KubeletListener, KubeletOptions } from './kubelet.ts';
import { createLogs, type Logs } from './output/logs.ts';
import type { Pod, PodStatus } from './pod.ts';
import type { KubeletServices } from './pod/pod-context.ts';
import { PodRunner } from './pod/pod-runner.ts';
import { createGuardian } from './process/guardian.ts';
import { viewPort, type PodSockets } from './process/view-port.ts';
import { createSweeper } from './process/sweeper.ts';
import { createUsageReader } from './usage/usage-reader.ts';

const PRELOAD = fileURLToPath(new URL('../runtime/bind-to-pod.cjs', import.meta.url));

/** Creates a kubelet; it does nothing before `start()`. */
export function createKubelet(options: KubeletOptions, listener: KubeletListener): Kubelet {
  return new LocalKubelet(options, listener);
}

class LocalKubelet implements Kubelet {
  readonly #listener: KubeletListener;
  readonly #pods = new Map<string, PodRunner>();
  readonly #toStart: PodRunner[] = [];
  readonly #addresses: PodAddresses;
  readonly #services: KubeletServices;
  readonly #logs: Logs;
  #state: 'new' | 'running' | 'stopped' = 'new';
  #ending: Promise<void> | undefined;
  #whenEmpty: (() => void) | undefined;
  #logErrorTold = false;
  /** Probes and hooks of pods that are gone, on their way out. */
  readonly #settling = new Set<Promise<void>>();

  constructor(options: KubeletOptions, listener: KubeletListener) {
    this.#listener = listener;
    this.#addresses = addressesFor(options.podAddresses);
    this.#logs = createLogs(options.stateDirectory, this.#onLogError);
    this.#services = {
      guardian: createGuardian(),
      sweeper: createSweeper(),
      usage: createUsageReader(),
      configMaps: options.configMaps,
      secrets: options.secrets,
      node: options.node ?? LOCAL_NODE,
      machineEnvironment: machineEnvironment(process.env),
      serviceEnvironment: new Map(Object.entries(options.environment)),
      preload: PRELOAD,
      openLog: this.#logs.open,
      viewPort: (pod, podAddress, port) => viewPort({ pod, podAddress, port }, this.#podSockets()),
    };
  }

  async start(): Promise<void> {
    if (process.platform === 'win32') {
      throw new BellowsError('ERR_KUBELET_PLATFORM', 'pods cannot be run on Windows itself', {
        remedy: 'Run Bellows inside WSL2.',
      });
    }
    await this.#logs.start();
    await this.#addresses.start();
    try {
      await this.#services.guardian.start();
    } catch (error) {
      await this.#addresses.stop();
      throw error;
    }
    this.#state = 'running';
  }

  runPod(pod: Pod): PodStatus {
    const { uid } = pod.metadata;
    if (this.#state !== 'running') throw notRunning(this.#state);
    if (this.#pods.has(uid)) {
      throw new BellowsError('ERR_CORE_ARGUMENT', `expected a new pod, got uid ${uid} again`);
    }
    const ports = pod.spec.containers.flatMap((container) => container.ports);
    const address = this.#addresses.acquire(ports.map(({ containerPort }) => containerPort));
    const runner = new PodRunner(pod, {
      address,
      services: this.#services,
      listener: this.#listener,
      onOver: () => {
        this.#onOver(runner);
      },
    });
    this.#pods.set(uid, runner);
    this.#services.guardian.addPod(uid);
    this.#toStart.push(runner);
    if (this.#toStart.length === 1) setImmediate(this.#startNext);
    return runner.status();
  }

  /** Starting a process blocks for milliseconds: one pod a turn lets the others' probes through. */
  readonly #startNext = (): void => {
    this.#toStart.shift()?.start();
    if (this.#toStart.length > 0) setImmediate(this.#startNext);
  };

  deletePod(uid: string, graceSeconds?: number): void {
    this.#pods.get(uid)?.delete(graceSeconds);
  }

  pods(): readonly PodStatus[] {
    return [...this.#pods.values()].map((runner) => runner.status());
  }

  usage(uid: string): ReturnType<Kubelet['usage']> {
    return this.#pods.get(uid)?.usage() ?? [];
  }

  async stop(graceSeconds?: number): Promise<void> {
    if (this.#state === 'new') return;
    if (this.#state === 'running') this.#state = 'stopped';
    for (const uid of [...this.#pods.keys()]) this.deletePod(uid, graceSeconds);
    this.#ending ??= this.#end();
    await this.#ending;
  }

  async #end(): Promise<void> {
    if (this.#pods.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve;
      });
    }
    await Promise.all(this.#settling);
    await this.#logs.stop();
    await this.#services.guardian.stop();
    await this.#addresses.stop();
  }

  #onOver(runner: PodRunner): void {
    const { uid } = runner.pod.metadata;
    this.#pods.delete(uid);
    const settling = runner.settled().finally(() => this.#settling.delete(settling));
    this.#settling.add(settling);
    this.#addresses.release(runner.address);
    this.#services.guardian.removePod(uid);
    this.#logs.close(runner.pod.metadata.name);
    // Before the listener, which may throw; `stop` goes on after this turn, so that it has heard all the same.
    if (this.#pods.size === 0) this.#whenEmpty?.();
    this.#listener.podDeleted?.(runner.status());
  }

  #podSockets(): PodSockets[] {
    return [...this.#pods.values()].map((runner) => ({
      name: runner.pod.metadata.name,
      address: runner.address.address,
      mainPids: runner.pids(),
    }));
  }

  /** Told once: each further line would fail in the same way. */
  readonly #onLogError = (pod: string, error: unknown): void => {
    const runner = [...this.#pods.values()].find(({ pod: { metadata } }) => metadata.name === pod);
    if (runner === undefined || this.#logErrorTold) return;
    this.#logErrorTold = true;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Logs cannot be written, so lines are lost; pods go on. Make room on the disk: ${reason}`;
    this.#listener.event?.(runner.status(), { type: 'Warning', reason: 'LogWriteFailed', message });
  };
}

function addressesFor(given: readonly string[] | undefined): PodAddresses {
  if (given !== undefined) return createGivenAddresses(given);
  return process.platform === 'linux'
    ? createLoopbackAddresses(Math.random)
    : createPortPerPod(Math.random);
}

function notRunning(state: 'new' | 'stopped'): BellowsError {
  const got = state === 'new' ? 'one that is not started yet' : 'one that has been stopped';
  return new BellowsError('ERR_KUBELET_NOT_RUNNING', `expected a running kubelet, got ${got}`, {
    remedy: 'Await start() before the first pod, and run none after stop().',
  });
}
