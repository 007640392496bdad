import { BellowsError } from '@bellows/core';
import type { AdapterConfig } from '../config/discovery-rule.ts';
import type { SourceConfig } from '../config/source-config.ts';
import { createDelegateSource } from '../delegate/delegate-source.ts';
import { createDemand, type Demand } from '../demand/watch-demand.ts';
import { createClusterResources, type ClusterResources } from '../mapper/cluster-resources.ts';
import { createObjectIndex, type ObjectIndex } from '../objects/object-index.ts';
import { createPrometheusClient, type PrometheusClient } from '../prometheus/prometheus-client.ts';
import { createPrometheusSource, type PrometheusSource } from '../rules/prometheus-source.ts';
import type { Source } from '../source/source.ts';
import type { AdapterOptions } from './adapter-options.ts';
import { directSources } from './direct-sources.ts';
import { PrometheusBackends } from './prometheus-backends.ts';

/** All sources of an adapter, and what they share. */
export class AdapterSources {
  /** What the cluster's autoscalers name. */
  readonly demand: Demand;
  readonly #options: AdapterOptions;
  readonly #resources: ClusterResources;
  readonly #objects: ObjectIndex;
  readonly #main: PrometheusClient;
  readonly #backends: PrometheusBackends;
  #rules: PrometheusSource | undefined;
  #direct: readonly Source[] = [];
  #directText = '';

  constructor(options: AdapterOptions) {
    const { client, log, discoveryIntervalMs, prometheus } = options;
    this.#options = options;
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
    this.#main = createPrometheusClient(prometheus);
    this.#backends = new PrometheusBackends(prometheus.method);
  }

  /**
   * Takes a configuration: the first one makes the sources, later ones replace the rules.
   *
   * @throws BellowsError `ERR_ADAPTER_CONFIG` when a later one has other direct sources, which need a new start.
   */
  async take(config: AdapterConfig): Promise<void> {
    const sources = config.sources ?? [];
    const directText = JSON.stringify(sources.filter(({ prometheus }) => prometheus === undefined));
    const opened = this.#backends.open(sources);
    const backends = Object.fromEntries(
      [...opened].map(([name, { backend }]) => [name, backend] as const),
    );
    const rules = {
      ...{ rules: config.rules, externalRules: config.externalRules, backends },
      ...(config.resourceRules && { resourceRules: config.resourceRules }),
    };
    if (this.#rules !== undefined) {
      if (directText !== this.#directText) throw otherSources(sources);
      await this.#rules.replaceRules(rules);
    } else {
      const { client, log } = this.#options;
      this.#direct = directSources(sources, { client, demand: this.demand, log });
      this.#directText = directText;
      this.#rules = createPrometheusSource({
        ...this.#options.rules,
        ...rules,
        ...{ name: 'prometheus', client: this.#main, log },
        ...{ resources: this.#resources, objects: this.#objects },
      });
    }
    this.#backends.closeOthers(opened);
  }

  /** In the order they are asked in: what names a metric by itself, rules, whoever it is delegated to. */
  list(): Source[] {
    const { delegate } = this.#options;
    return [
      ...this.#direct,
      ...(this.#rules === undefined ? [] : [this.#rules]),
      ...(delegate === undefined ? [] : [createDelegateSource(delegate)]),
    ];
  }

  /** Begins what sources share. */
  start(): void {
    this.#resources.start();
    void this.demand.start();
  }

  /** Ends what sources share. Idempotent. */
  async stop(): Promise<void> {
    await Promise.all([this.#resources.stop(), this.#objects.stop(), this.demand.stop()]);
    this.#main.close();
    this.#backends.closeOthers(new Map());
  }
}

function otherSources(sources: readonly SourceConfig[]): BellowsError {
  const place = sources.find(({ prometheus }) => prometheus === undefined)?.place;
  return new BellowsError(
    'ERR_ADAPTER_CONFIG',
    'sources have changed, which a running adapter does not take',
    {
      ...(place && { place }),
      remedy: 'Restart the adapter: kubectl rollout restart deployment/bellows-adapter.',
    },
  );
}
