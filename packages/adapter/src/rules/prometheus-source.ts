import type { DiscoveryRule, ResourceRules } from '../config/discovery-rule.ts';
import type { ClusterResources } from '../mapper/cluster-resources.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { PrometheusClient } from '../prometheus/prometheus-client.ts';
import { createRuleResourceMetrics } from '../resource/rule-resource-metrics.ts';
import type { Log } from '../self/log.ts';
import type {
  CustomMetrics,
  ExternalMetrics,
  ResourceMetrics,
  Source,
  SourceState,
} from '../source/source.ts';
import type { PrometheusBackend } from './backend.ts';
import { ErrorTally } from './error-tally.ts';
import { MetricSearch } from './metric-search.ts';
import { Listings, type ListingDefaults } from './listings.ts';
import { prepareRules, type PreparedRule } from './prepare-rules.ts';
import { QueryRunner } from './query-runner.ts';
import { RuleCustomMetrics, RuleExternalMetrics } from './rule-metrics.ts';
import { RuleSet, type RuleState } from './rule-set.ts';
import type { ListingTimes } from './series-listing.ts';

/** What is served, and from where: what a configuration says, and may say otherwise later. */
export interface PrometheusRules {
  /** Of custom.metrics.k8s.io. */
  readonly rules: readonly DiscoveryRule[];
  /** Of external.metrics.k8s.io. */
  readonly externalRules: readonly DiscoveryRule[];
  /** Undefined: metrics.k8s.io is not answered. */
  readonly resourceRules?: ResourceRules;
  /** What a rule's `backend` names. @defaultValue none */
  readonly backends?: Readonly<Record<string, PrometheusBackend>>;
}

/** Options of {@link createPrometheusSource}; times are in milliseconds. */
export interface PrometheusSourceOptions extends PrometheusRules {
  /** Its name in the log and in metrics of its own. */
  readonly name: string;
  /** Whom rules without `backend` ask; undefined: such rules cannot be used. */
  readonly client?: PrometheusClient;
  /** The cluster's resources. Whoever made them starts and stops them. */
  readonly resources: ClusterResources;
  /** The cluster's objects. Whoever made the index stops it. */
  readonly objects: ObjectIndex;
  /** From one list of series to the next. @defaultValue 600000 */
  readonly relistIntervalMs?: number;
  /** Series without a sample for so long are left out. @defaultValue relistIntervalMs */
  readonly maxAgeMs?: number;
  /** A list of series must have come within this time. @defaultValue 60000 */
  readonly relistTimeoutMs?: number;
  /** The longest wait after a list that failed, before jitter of up to as much again. @defaultValue 15000 */
  readonly maxBackOffMs?: number;
  /** A metric that was asked for within this time is not dropped, whatever a list says. @defaultValue 3600000 */
  readonly keepRequestedMs?: number;
  /**
   * `strict`: as prometheus-adapter 0.12.0 where it is known to be wrong. NaN is 0, a value's time is that of the answer, names of
   * objects stand unescaped in one query of any length, a label's name stands in a query whatever it is, metrics of resources without
   * namespace are listed as if they had one, and usage that is unknown is 0.
   * @defaultValue undefined: what is right
   */
  readonly compatibility?: 'strict';
  /** Takes what an operator should know. @defaultValue nobody is told */
  readonly log?: Log;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
}

/** A source whose metrics are made by rules from what Prometheus has. */
export interface PrometheusSource extends Source {
  /**
   * Puts other rules in the place of those there are. What is listed already stays listed; what is new is listed first, so that no
   * metric is missing in between. Clients of backends that are named no more may be closed when this resolves.
   */
  replaceRules(rules: PrometheusRules): Promise<void>;
}

/** Makes a source; nothing is asked yet. */
export function createPrometheusSource(options: PrometheusSourceOptions): PrometheusSource {
  return new RulesSource(options);
}

const DEFAULTS = {
  relistIntervalMs: 600_000,
  relistTimeoutMs: 60_000,
  maxBackOffMs: 15_000,
  keepRequestedMs: 3_600_000,
};

class RulesSource implements PrometheusSource {
  readonly name: string;
  readonly #options: PrometheusSourceOptions;
  readonly #main: PrometheusBackend | undefined;
  readonly #log: Log;
  readonly #isStrict: boolean;
  readonly #defaults: ListingDefaults;
  readonly #custom: CustomMetrics;
  readonly #external: ExternalMetrics;
  readonly #runner: QueryRunner;
  #rules: PrometheusRules;
  #listings: Listings;
  /** What replaces them, while it is listed. */
  #coming: Listings | undefined;
  #set: RuleSet;
  #resource: ResourceMetrics | undefined;
  /** By the rule's part; a rule that takes another's place counts on. */
  readonly #failedQueries = new Map<string, ErrorTally>();
  #isListed = false;
  #unsubscribe: (() => void) | undefined;
  #replacing: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: PrometheusSourceOptions) {
    const { name, client, log = () => undefined, now = () => Date.now() } = options;
    this.name = name;
    this.#options = options;
    this.#main = client && { client };
    this.#log = log;
    this.#isStrict = options.compatibility === 'strict';
    const forget = (): void => {
      this.#set.forget();
    };
    this.#defaults = { ...timesOf(options), log, now, onChange: forget };
    this.#runner = new QueryRunner(now);
    const parts = {
      rules: () => this.#set,
      mapper: () => options.resources.mapper(),
      search: new MetricSearch(this.#defaults.maxAgeMs, now),
      ...{ objects: options.objects, runner: this.#runner, isStrict: this.#isStrict, now },
      onError: (part: string, error: unknown) => {
        const tally = this.#failedQueries.get(part) ?? new ErrorTally();
        this.#failedQueries.set(part, tally);
        tally.add(error);
      },
    };
    this.#custom = new RuleCustomMetrics(parts);
    this.#external = new RuleExternalMetrics(parts);
    this.#rules = options;
    this.#listings = this.#listingsOf(options);
    this.#set = this.#setOf(options);
    this.#resource = this.#resourceOf(options);
  }

  get custom(): CustomMetrics | undefined {
    return this.#rules.rules.length === 0 ? undefined : this.#custom;
  }

  get external(): ExternalMetrics | undefined {
    return this.#rules.externalRules.length === 0 ? undefined : this.#external;
  }

  get resource(): ResourceMetrics | undefined {
    return this.#resource;
  }

  start(): void {
    if (this.#unsubscribe !== undefined || this.#isStopped) return;
    this.#unsubscribe = this.#options.resources.onChange(() => {
      this.#take(this.#rules);
    });
    this.#take(this.#rules);
    void this.#listings.start().then(() => {
      this.#isListed = true;
    });
  }

  isReady(): boolean {
    return this.#isListed && this.#options.resources.mapper() !== undefined;
  }

  state(): readonly SourceState[] {
    return this.#set.state(this.#failedQueries);
  }

  async replaceRules(rules: PrometheusRules): Promise<void> {
    // One after the other, so that the last ones stay.
    this.#replacing = this.#replacing.then(() => this.#replace(rules));
    await this.#replacing;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe?.();
    await Promise.all([this.#listings.stop(), this.#coming?.stop()]);
    await this.#replacing;
  }

  async #replace(rules: PrometheusRules): Promise<void> {
    const before = this.#listings;
    const next = this.#listingsOf(rules, before);
    this.#coming = next;
    if (this.#unsubscribe !== undefined && !this.#isStopped) await next.start();
    if (this.#isStopped) return;
    this.#listings = next;
    this.#take(rules);
    await before.stop(next);
  }

  /** Serves these rules from now on, with the cluster's resources as they are now. */
  #take(rules: PrometheusRules): void {
    const known = this.#set.problems();
    this.#rules = rules;
    this.#set = this.#setOf(rules);
    this.#resource = this.#resourceOf(rules);
    for (const [part, problem] of this.#set.problems()) {
      if (known.get(part) !== problem) {
        this.#log('warn', 'a rule cannot be used', { source: this.name, part, problem });
      }
    }
    this.#watchObjects();
  }

  /** Autoscalers ask for all pods of a workload; other objects are watched when somebody asks for several of them. */
  #watchObjects(): void {
    const mapper = this.#options.resources.mapper();
    for (const resource of this.#resource === undefined ? ['pods'] : ['pods', 'nodes']) {
      const found = mapper?.find({ group: '', resource });
      if (found !== undefined) this.#options.objects.watch(found);
    }
  }

  #setOf(rules: PrometheusRules): RuleSet {
    const mapper = this.#options.resources.mapper();
    const surroundings = {
      mapper,
      escaping: this.#isStrict ? ('none' as const) : ('regexp' as const),
      hasBackend: (name: string | undefined) => this.#backendOf(rules, name) !== undefined,
    };
    const stated = (prepared: PreparedRule): RuleState => {
      const { rule } = prepared;
      const backend = this.#backendOf(rules, rule.backend);
      return { ...prepared, backend, listing: backend && this.#listings.of({ rule, backend }) };
    };
    return new RuleSet(
      {
        custom: prepareRules('rules', rules.rules, surroundings).map(stated),
        external: prepareRules('externalRules', rules.externalRules, surroundings).map(stated),
      },
      mapper,
      this.#isStrict ? 'upstream' : 'cluster',
    );
  }

  #resourceOf({ resourceRules }: PrometheusRules): ResourceMetrics | undefined {
    if (resourceRules === undefined) return undefined;
    return createRuleResourceMetrics({
      rules: resourceRules,
      backend: this.#main,
      mapper: this.#options.resources.mapper(),
      objects: this.#options.objects,
      runner: this.#runner,
      isStrict: this.#isStrict,
      log: this.#log,
      now: this.#defaults.now,
    });
  }

  #listingsOf(rules: PrometheusRules, before?: Listings): Listings {
    const backed = [...rules.rules, ...rules.externalRules].flatMap((rule) => {
      const backend = this.#backendOf(rules, rule.backend);
      return backend === undefined ? [] : [{ rule, backend }];
    });
    return new Listings(backed, this.#defaults, before);
  }

  #backendOf(
    { backends = {} }: PrometheusRules,
    name: string | undefined,
  ): PrometheusBackend | undefined {
    if (name === undefined) return this.#main;
    return Object.hasOwn(backends, name) ? backends[name] : undefined;
  }
}

function timesOf(options: PrometheusSourceOptions): ListingTimes {
  const { relistIntervalMs = DEFAULTS.relistIntervalMs } = options;
  return {
    relistIntervalMs,
    maxAgeMs: options.maxAgeMs ?? relistIntervalMs,
    relistTimeoutMs: options.relistTimeoutMs ?? DEFAULTS.relistTimeoutMs,
    maxBackOffMs: options.maxBackOffMs ?? DEFAULTS.maxBackOffMs,
    keepRequestedMs: options.keepRequestedMs ?? DEFAULTS.keepRequestedMs,
  };
}
