import { BellowsError, type ObjectEvent, type Random } from '@bellows/core';
import { DEFAULT_ENDPOINT_DELAY_MS, type Balancer, type BalancerOptions } from '@bellows/balancer';
import { PROFILE_1_37 } from '@bellows/hpa';
import {
  podCondition,
  type Kubelet,
  type KubeletListener,
  type KubeletOptions,
  type PodStatus,
} from '@bellows/kubelet';
import type { Scraper } from '@bellows/scrape';
import { createAutoscalers, type AutoscalerRun } from './autoscaler/autoscaler-run.ts';
import { tellMaxReplicas } from './command/max-replicas-variable.ts';
import { resolveCommand } from './command/resolve-command.ts';
import { workingDirectory } from './command/working-directory.ts';
import {
  createDeploymentController,
  type DeploymentController,
} from './deployment/deployment-controller.ts';
import { readyReplicas } from './deployment/pod-readiness.ts';
import { acquireProcessLock, type ProcessLock } from './run/process-lock.ts';
import { createReadinessWatch } from './run/readiness-watch.ts';
import { runObjects, type RunObjects } from './run/run-objects.ts';
import { createScaleEventLog } from './run/scale-event-log.ts';
import { createServiceController, type ServiceController } from './service/service-controller.ts';
import { serviceWarnings } from './service/service-warnings.ts';
import { createSignalCollector, type SignalCollector } from './signals/signal-collector.ts';
import type {
  ScaleEvent,
  Supervisor,
  SupervisorListener,
  SupervisorOptions,
  SupervisorSnapshot,
} from './supervisor.ts';

/** What a supervisor is made of. */
export interface SupervisorParts {
  readonly createKubelet: (options: KubeletOptions, listener: KubeletListener) => Kubelet;
  readonly createBalancer: (options: BalancerOptions) => Balancer;
  readonly createScraper: () => Scraper;
  readonly random: Random;
}

/** How often usage is sampled and watches look, in milliseconds. */
const HOUSEKEEPING_MS = 1000;
/** Longest {@link SupervisorOptions.syncPeriodSeconds}, in seconds: a day, far below what a timer can wait. */
export const MAX_SYNC_PERIOD_SECONDS = 86_400;

/** The supervisor over the parts it is given. */
export class LocalSupervisor implements Supervisor {
  readonly #options: SupervisorOptions;
  readonly #listener: SupervisorListener;
  readonly #parts: SupervisorParts;
  readonly #scaleEvents = createScaleEventLog();
  readonly #readiness = createReadinessWatch();
  #lock: ProcessLock | undefined;
  #services: readonly ServiceController[] = [];
  #kubelet: Kubelet | undefined;
  #deployments: readonly DeploymentController[] = [];
  #signals: SignalCollector | undefined;
  #autoscalers: AutoscalerRun | undefined;
  #housekeeping: NodeJS.Timeout | undefined;
  #spread: NodeJS.Immediate | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  /** @throws {@link BellowsError} `ERR_CORE_ARGUMENT` for a sync period that is not above 0 and at most a day. */
  constructor(options: SupervisorOptions, listener: SupervisorListener, parts: SupervisorParts) {
    const { syncPeriodSeconds = PROFILE_1_37.syncPeriodSeconds } = options;
    if (!(syncPeriodSeconds > 0 && syncPeriodSeconds <= MAX_SYNC_PERIOD_SECONDS)) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        `Expected \`syncPeriodSeconds\` to be above 0 and at most ${MAX_SYNC_PERIOD_SECONDS}, got ${syncPeriodSeconds}`,
      );
    }
    this.#options = options;
    this.#listener = listener;
    this.#parts = parts;
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        'a supervisor that was stopped cannot start again',
      );
    }
    this.#starting ??= this.#startAll();
    try {
      await this.#starting;
    } catch (error) {
      await this.stop(0);
      throw error;
    }
  }

  snapshot(): SupervisorSnapshot {
    return {
      atMs: Date.now(),
      deployments: this.#deployments.map((controller) => ({
        name: controller.deployment.metadata.name,
        desiredReplicas: controller.desiredReplicas(),
        readyReplicas: readyReplicas(controller.pods()),
        pods: controller.pods(),
      })),
      services: this.#services.map((service) => service.view()),
      autoscalers: this.#autoscalers?.views() ?? [],
    };
  }

  scaleEvents(): readonly ScaleEvent[] {
    this.#noteServedPods();
    return this.#scaleEvents.events();
  }

  scaleEventsLeftOut(): number {
    return this.#scaleEvents.leftOut();
  }

  stop(graceSeconds?: number): Promise<void> {
    if (this.#stopping === undefined) this.#stopping = this.#stopAll(graceSeconds);
    else if (graceSeconds !== undefined) this.#hurry(graceSeconds);
    return this.#stopping;
  }

  async #startAll(): Promise<void> {
    const { objects, command, stateDirectory } = this.#options;
    const run = runObjects(objects, command !== undefined);
    const podSpecs = run.deployments.map((deployment) =>
      tellMaxReplicas(
        resolveCommand(deployment, command),
        deployment.metadata.name,
        run.autoscalers,
      ),
    );
    this.#lock = acquireProcessLock(stateDirectory);
    await this.#startServices(run);
    const kubelet = await this.#startKubelet(run);
    this.#deployments = run.deployments.map((deployment, index) =>
      createDeploymentController({
        deployment,
        podSpec: podSpecs[index] ?? deployment.spec.template.spec,
        workingDirectory: workingDirectory(deployment, {
          workingDirectory: this.#options.workingDirectory,
          hasWords: command !== undefined,
        }),
        kubelet,
        random: this.#parts.random,
        now: Date.now,
      }),
    );
    this.#startAutoscalers(run, kubelet);
    for (const { about, event } of serviceWarnings(run)) this.#tell(about, event);
    for (const deployment of this.#deployments) deployment.reconcile();
    this.#housekeeping = setInterval(() => {
      this.#keepHouse();
    }, HOUSEKEEPING_MS);
    this.#autoscalers?.start();
  }

  async #startServices({ services }: RunObjects): Promise<void> {
    const { endpointDelayMs = DEFAULT_ENDPOINT_DELAY_MS } = this.#options;
    const { createBalancer, random } = this.#parts;
    this.#services = services.map((service) =>
      createServiceController({
        service,
        createBalancer,
        endpointDelayMs,
        random,
        onEvent: (event) => {
          this.#tell(`service/${service.metadata.name}`, event);
        },
      }),
    );
    for (const service of this.#services) await service.start();
  }

  async #startKubelet({ configMaps, secrets }: RunObjects): Promise<Kubelet> {
    const environment = Object.assign(
      {},
      ...this.#services.map((service) => service.environment()),
    ) as Record<string, string>;
    const { stateDirectory } = this.#options;
    this.#kubelet = this.#parts.createKubelet(
      { stateDirectory, configMaps, secrets, environment },
      this.#kubeletListener(),
    );
    await this.#kubelet.start();
    return this.#kubelet;
  }

  #startAutoscalers({ autoscalers }: RunObjects, kubelet: Kubelet): void {
    this.#signals = createSignalCollector({
      autoscalers,
      scraper: this.#parts.createScraper(),
      usage: (podUid) => kubelet.usage(podUid),
    });
    this.#signals.start();
    this.#autoscalers = createAutoscalers({
      autoscalers,
      deployments: this.#deployments,
      pods: () => kubelet.pods(),
      signals: this.#signals,
      syncPeriodSeconds: this.#options.syncPeriodSeconds ?? PROFILE_1_37.syncPeriodSeconds,
      onDecision: (record) => this.#listener.decision?.(record),
      onEvent: (about, event) => {
        this.#tell(about, event);
      },
      onScale: (decision, newPods) => {
        this.#scaleEvents.add(decision, newPods);
      },
    });
  }

  #kubeletListener(): KubeletListener {
    return {
      podChanged: (pod) => {
        const ready = podCondition(pod, 'Ready');
        if (ready?.status === 'True') {
          this.#scaleEvents.podReady(pod.metadata.uid, ready.lastTransitionTimeMs);
        }
        this.#spreadSoon();
        this.#listener.podChanged?.(pod);
      },
      podDeleted: (pod) => {
        for (const deployment of this.#deployments) deployment.podDeleted(pod.metadata.uid);
        this.#spreadSoon();
      },
      event: (pod, event) => {
        this.#tell(`pod/${pod.metadata.name}`, event);
      },
      output: (line) => this.#listener.output?.(line),
    };
  }

  /** Brings the pods' states to endpoints and scrape targets, once for all changes of this turn. */
  #spreadSoon(): void {
    this.#spread ??= setImmediate(() => {
      this.#spread = undefined;
      const pods = this.#pods();
      for (const service of this.#services) service.setPods(pods);
      this.#signals?.setPods(pods);
    });
  }

  #keepHouse(): void {
    const pods = this.#pods();
    const nowMs = Date.now();
    this.#signals?.sampleUsage(pods, nowMs);
    this.#noteServedPods();
    for (const { pod, event } of this.#readiness.check(pods, nowMs)) {
      this.#tell(`pod/${pod.metadata.name}`, event);
    }
  }

  #noteServedPods(): void {
    for (const { ports } of this.#services.map((service) => service.view())) {
      for (const { podName, firstByteAtMs } of ports.flatMap(({ stats }) => stats.endpoints)) {
        if (firstByteAtMs !== undefined) this.#scaleEvents.podServed(podName, firstByteAtMs);
      }
    }
  }

  #pods(): readonly PodStatus[] {
    return this.#kubelet?.pods() ?? [];
  }

  #tell(about: string, event: ObjectEvent): void {
    this.#listener.event?.(about, event);
  }

  /** Ends in the order in which nothing that still runs misses what is gone. */
  async #stopAll(graceSeconds: number | undefined): Promise<void> {
    await this.#starting?.catch(() => undefined);
    this.#autoscalers?.stop();
    for (const deployment of this.#deployments) deployment.stop();
    clearInterval(this.#housekeeping);
    try {
      // Marks every pod as terminating, which takes it out of its endpoints, and waits for its end.
      await this.#kubelet?.stop(graceSeconds);
    } finally {
      this.#noteServedPods();
      await Promise.all([
        ...this.#services.map((service) => service.stop()),
        this.#signals?.stop(),
      ]);
      clearImmediate(this.#spread);
      this.#lock?.release();
    }
  }

  #hurry(graceSeconds: number): void {
    for (const { metadata } of this.#pods()) this.#kubelet?.deletePod(metadata.uid, graceSeconds);
  }
}
