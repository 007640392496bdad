import type { MetricFamily } from '@bellows/exposition';
import type { KubernetesClient } from '@bellows/kubernetes';
import {
  createKubernetesTargets,
  createScraper,
  type DiscoveredPod,
  type KubernetesTargets,
  type Scraper,
} from '@bellows/scrape';
import type { PodsSourceConfig } from '../config/source-config.ts';
import { createScaleSelectors, type ScaleSelectors } from '../demand/scale-selectors.ts';
import type { Demand } from '../demand/watch-demand.ts';
import type { CustomMetric } from '../registry/custom-metric-registry.ts';
import type { CustomMetrics, Source, SourceState } from '../source/source.ts';
import { createBearerTokens, type BearerTokens } from './bearer-tokens.ts';
import { readPodsMetric } from './read-pods-metric.ts';
import { QueryMemory, ScrapedPods } from './scraped-pods.ts';
import { namesPods, planScrapes, ScrapePlan, targetOf } from './scrape-plan.ts';

/** Options of {@link createPodsSource}. */
export interface PodsSourceOptions {
  /** Its name in the configuration. */
  readonly name: string;
  /** How pods are scraped. */
  readonly config: PodsSourceConfig;
  /** The cluster; the rights to list and watch pods and to get scales are needed. */
  readonly client: KubernetesClient;
  /** What the autoscalers ask for. Started by this source too, and stopped by whoever made it. */
  readonly demand: Demand;
  /** Told of what goes wrong. @defaultValue nobody is */
  readonly log?: (level: 'info' | 'warn', message: string) => void;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
}

/** A source of Pods metrics that scrapes pods itself. */
export interface PodsSource extends Source {
  /** What autoscalers name. */
  readonly custom: CustomMetrics;
  /** What it says of itself and of each target, for a page of metrics. */
  families(nowMs: number): readonly MetricFamily[];
}

/**
 * Makes a source that scrapes the pods of each autoscaler's target for the Pods metrics that it names, and nothing else: by the target's
 * `/scale`, as the controller finds them. It answers from memory. A pod that ends or is about to is forgotten at once; one that runs
 * and is not ready is asked like any other, since the controller counts it: it leaves out those that are pending, deleted or failed.
 *
 * @see kubernetes/kubernetes v1.37.0 pkg/controller/podautoscaler/replica_calculator.go groupPods
 */
export function createPodsSource(options: PodsSourceOptions): PodsSource {
  return new ScrapedSource(options);
}

const PODS = { group: '', resource: 'pods' };

class ScrapedSource implements PodsSource {
  readonly name: string;
  readonly custom: CustomMetrics;
  readonly #demand: Demand;
  readonly #scraper: Scraper;
  readonly #selectors: ScaleSelectors;
  readonly #targets: readonly KubernetesTargets[];
  readonly #tokens: BearerTokens;
  readonly #memory = new QueryMemory();
  readonly #log: NonNullable<PodsSourceOptions['log']>;
  readonly #found = new Map<KubernetesTargets, readonly DiscoveredPod[]>();
  #plan = new ScrapePlan([]);
  #pods = new ScrapedPods([], this.#plan, this.#memory);
  #podsProblem: string | undefined = 'the pods have not been read yet';
  #isStarted = false;
  #areAutoscalersTried = false;
  #arePodsTried = false;
  #isStopped = false;
  #forget: () => void = () => undefined;

  constructor(options: PodsSourceOptions) {
    const { client, config, demand, now = Date.now } = options;
    this.name = options.name;
    this.#demand = demand;
    this.#log = options.log ?? (() => undefined);
    this.#tokens = createBearerTokens(config.bearerTokenFiles, (error) => {
      this.#log('warn', `${this.name}: ${wordsOf(error)}`);
    });
    this.#scraper = this.#createScraper(config);
    this.#selectors = createScaleSelectors({
      client,
      changed: () => {
        this.#planAgain();
      },
    });
    const places = config.namespaces.length === 0 ? [undefined] : config.namespaces;
    this.#targets = places.map((namespace) => this.#follow(options, namespace));
    this.custom = {
      list: () => this.#list(),
      read: (request) => {
        const { group, resource } = request.resource;
        if (group !== PODS.group || resource !== PODS.resource) return Promise.resolve(undefined);
        const reading = { plan: this.#plan, pods: this.#pods, scraper: this.#scraper };
        return new Promise((resolve) => {
          resolve(readPodsMetric(reading, request, now()));
        });
      },
    };
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    void this.#begin();
  }

  isReady(): boolean {
    return this.#areAutoscalersTried && this.#arePodsTried && this.#selectors.isSettled();
  }

  state(): readonly SourceState[] {
    const part = (name: string, problem: string | undefined): SourceState => ({
      part: name,
      ...(problem !== undefined && { problem }),
    });
    return [
      part('autoscalers', this.#demand.problem()),
      part('pods', this.#podsProblem),
      ...this.#plan.groups.map((group) => part(group.part, group.problem)),
    ];
  }

  families(nowMs: number): readonly MetricFamily[] {
    return this.#scraper.metrics(nowMs);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#forget();
    await Promise.all([
      this.#selectors.stop(),
      this.#tokens.stop(),
      ...this.#targets.map((targets) => targets.stop()),
    ]);
    await this.#scraper.stop();
  }

  async #begin(): Promise<void> {
    this.#forget = this.#demand.onChange(() => {
      this.#planAgain();
    });
    this.#selectors.start();
    await this.#tokens.start();
    if (this.#isStopped) return;
    this.#scraper.start();
    // A pods informer that may not read the pods never comes to an end; `failed` says so.
    for (const targets of this.#targets) void targets.start();
    await this.#demand.start();
    this.#areAutoscalersTried = true;
    this.#planAgain();
  }

  #createScraper(config: PodsSourceConfig): Scraper {
    const { intervalMs, timeoutMs, staleAfterMs } = config;
    return createScraper({
      ...(intervalMs !== undefined && { intervalMs }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(staleAfterMs !== undefined && { staleAfterMs }),
      bearerTokens: this.#tokens.byNamespace,
      targetChanged: ({ reason, message }) => {
        this.#log(reason === undefined ? 'info' : 'warn', `${this.name}: ${message}`);
      },
    });
  }

  #follow({ client, config }: PodsSourceOptions, namespace: string | undefined): KubernetesTargets {
    const targets = createKubernetesTargets({
      client,
      ...(namespace !== undefined && { namespace }),
      includeLoopback: config.includeLoopback ?? false,
      selects: ({ metadata }) =>
        this.#plan.selects(metadata.namespace ?? '', metadata.labels ?? {}),
      targetsChanged: (_targets, pods) => {
        this.#found.set(targets, pods);
        this.#take();
      },
      failed: (error) => {
        this.#log('warn', `${this.name}: ${wordsOf(error)}`);
        if (this.#podsProblem === undefined) return;
        this.#podsProblem = wordsOf(error);
        this.#arePodsTried = true;
      },
    });
    return targets;
  }

  /** What is asked for, or which pods a target has, has changed. */
  #planAgain(): void {
    if (this.#isStopped) return;
    const demands = this.#demand.list().filter(namesPods);
    this.#selectors.setTargets(demands.map(targetOf));
    this.#plan = planScrapes(demands, (target) => this.#selectors.get(target));
    for (const targets of this.#targets) targets.refresh();
  }

  #take(): void {
    if (this.#isStopped) return;
    if (this.#found.size === this.#targets.length) {
      this.#podsProblem = undefined;
      this.#arePodsTried = true;
    }
    this.#pods = new ScrapedPods([...this.#found.values()].flat(), this.#plan, this.#memory);
    this.#scraper.setTargets(this.#pods.targets);
    this.#memory.keepOnly(this.#pods.targets);
  }

  /** Those of an autoscaler whose target cannot be read are not listed: another source may have them. */
  #list(): readonly CustomMetric[] {
    const readable = this.#plan.groups.filter(({ selector }) => selector !== undefined);
    const names = new Set(readable.flatMap(({ metrics }) => [...metrics.keys()]));
    return [...names].map((metric) => ({ resource: PODS, namespaced: true, metric }));
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
