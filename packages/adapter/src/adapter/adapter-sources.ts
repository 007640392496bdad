import type { AdapterConfig } from '../config/discovery-rule.ts';
import { createDelegateSource } from '../delegate/delegate-source.ts';
import { createDemand, type Demand } from '../demand/watch-demand.ts';
import { createClusterResources, type ClusterResources } from '../mapper/cluster-resources.ts';
import { createObjectIndex, type ObjectIndex } from '../objects/object-index.ts';
import {
  createPrometheusClient,
  type PrometheusClient,
  type PrometheusClientOptions,
} from '../prometheus/prometheus-client.ts';
import type { PrometheusBackend } from '../rules/backend.ts';
import {
  createPrometheusSource,
  type PrometheusRules,
  type PrometheusSource,
} from '../rules/prometheus-source.ts';
import type { Source } from '../source/source.ts';
import type { AdapterOptions } from './adapter-options.ts';
import { DirectSources } from './direct-sources.ts';
import { PrometheusBackends } from './prometheus-backends.ts';
import { refuseUnusableRules } from './refuse-unusable-rules.ts';
import { untilReady } from './until-ready.ts';

/** Who looks on. */
export interface SourcesObserver {
  /** Puts something around each source that is made. */
  readonly wrap: (source: Source) => Source;
  /** Asked last, when no other source knows a metric. */
  readonly last: Source;
  /** Told of each request to a Prometheus. */
  readonly onRequest: NonNullable<PrometheusClientOptions['onRequest']>;
}

/** All sources of an adapter, and what they share. */
export class AdapterSources {
  /** What the cluster's autoscalers name. */
  readonly demand: Demand;
  /** In the order they are asked in: what names a metric by itself, rules, whoever it is delegated to. Always the same list, whatever it holds. */
  readonly list: readonly Source[];
  readonly #list: Source[] = [];
  readonly #options: AdapterOptions;
  readonly #observer: SourcesObserver;
  readonly #resources: ClusterResources;
  readonly #objects: ObjectIndex;
  readonly #main: PrometheusClient;
  readonly #backends: PrometheusBackends;
  readonly #direct: DirectSources;
  #rules: PrometheusSource | undefined;
  /** Rules, and whoever is asked after them. */
  #last: readonly Source[] = [];
  #isStarted = false;
  #taking: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor(options: AdapterOptions, observer: SourcesObserver) {
    const { wrap, onRequest } = observer;
    const { client, log, discoveryIntervalMs, prometheus } = options;
    this.#options = options;
    this.#observer = observer;
    this.list = this.#list;
    this.#resources = createClusterResources({
      client,
      ...(discoveryIntervalMs !== undefined && { intervalMs: discoveryIntervalMs }),
    });
    this.#objects = createObjectIndex({ client });
    this.demand = createDemand({
      client,
      failed: (error) => {
        log('warn', 'autoscalers cannot be read', { error });
      },
    });
    this.#main = createPrometheusClient({ ...prometheus, onRequest });
    const { method } = prometheus;
    this.#backends = new PrometheusBackends({ onRequest, ...(method && { method }) });
    this.#direct = new DirectSources({ client, demand: this.demand, log, wrap });
  }

  /**
   * Takes a configuration: the first one makes the sources; a later one replaces rules, and those sources of which it says something
   * else. What is new answers as soon as it is ready, and not later than after ten seconds; until then what was before does.
   *
   * @throws BellowsError `ERR_ADAPTER_RULE` or its like, in strict mode, for a rule that cannot be used. What was before stays.
   */
  async take(config: AdapterConfig): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#taking = this.#take(config);
    await this.#taking;
  }

  /** Begins their work. */
  start(): void {
    this.#isStarted = true;
    this.#resources.start();
    void this.demand.start();
    for (const source of this.#list) source.start();
  }

  /** Ends all. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const stopSources = (): Promise<unknown> =>
      Promise.all(this.#list.map((source) => source.stop()));
    await Promise.all([stopSources(), this.#resources.stop()]);
    // A configuration that was being taken: what it has brought ends, too.
    await this.#taking?.catch(() => undefined);
    await Promise.all([stopSources(), this.#objects.stop(), this.demand.stop()]);
    this.#main.close();
    this.#backends.closeOthers(new Map());
  }

  async #take(config: AdapterConfig): Promise<void> {
    if (this.#options.rules?.compatibility === 'strict') {
      this.#resources.start();
      await refuseUnusableRules(config, this.#resources);
    }
    const sources = config.sources ?? [];
    const opened = this.#backends.open(sources);
    const backends = Object.fromEntries(
      [...opened].map(([name, { backend }]) => [name, backend] as const),
    );
    const direct = this.#direct.change(sources);
    if (this.#isStarted) {
      for (const source of direct.added) source.start();
      await untilReady(direct.added, this.#stopping.signal);
    }
    await this.#takeRules(config, backends);
    this.#list.splice(0, this.#list.length, ...direct.sources, ...this.#last);
    await Promise.all(direct.removed.map((source) => source.stop()));
    this.#backends.closeOthers(opened);
  }

  async #takeRules(
    { rules, externalRules, resourceRules }: AdapterConfig,
    backends: Readonly<Record<string, PrometheusBackend>>,
  ): Promise<void> {
    const taken: PrometheusRules = {
      ...{ rules, externalRules, backends },
      ...(resourceRules && { resourceRules }),
    };
    if (this.#rules !== undefined) {
      await this.#rules.replaceRules(taken);
      return;
    }
    const { log, delegate } = this.#options;
    this.#rules = createPrometheusSource({
      ...this.#options.rules,
      ...taken,
      ...{ name: 'prometheus', client: this.#main, log },
      ...{ resources: this.#resources, objects: this.#objects },
    });
    const others = delegate === undefined ? [] : [createDelegateSource(delegate)];
    const { wrap, last } = this.#observer;
    this.#last = [...[this.#rules, ...others].map(wrap), last];
  }
}
