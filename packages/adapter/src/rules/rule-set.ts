import type { MetricNamer } from '../naming/metric-namer.ts';
import type { ResourceMapper } from '../naming/resource-mapper.ts';
import { describeError } from '../prometheus/source-error.ts';
import { CustomMetricRegistry, type MetricScopes } from '../registry/custom-metric-registry.ts';
import { ExternalMetricRegistry } from '../registry/external-metric-registry.ts';
import type { SeriesShape } from '../registry/series.ts';
import type { SourceState } from '../source/source.ts';
import type { PrometheusBackend } from './backend.ts';
import { sumOf, type ErrorTally } from './error-tally.ts';
import type { PreparedRule } from './prepare-rules.ts';
import type { SeriesListing } from './series-listing.ts';

/** Which of the file's lists a rule is of. */
export type RuleKind = 'custom' | 'external';

/** A rule, whether it can be used, whom it asks and what is known of its series. */
export interface RuleState extends PreparedRule {
  /** Undefined: there is no such Prometheus. */
  readonly backend: PrometheusBackend | undefined;
  /** Undefined: likewise. */
  readonly listing: SeriesListing | undefined;
}

/** A rule that can be used. */
export interface UsableRule {
  readonly part: string;
  readonly namer: MetricNamer;
  readonly backend: PrometheusBackend;
  readonly listing: SeriesListing;
}

/**
 * Rules together with the lists of series that they are about: what metrics there are. Registries are made when they are first asked
 * for after a change, since many lists may change at about the same time.
 */
export class RuleSet {
  readonly #rules: Readonly<Record<RuleKind, readonly RuleState[]>>;
  readonly #mapper: ResourceMapper | undefined;
  readonly #scopes: MetricScopes;
  readonly #usable: Readonly<Record<RuleKind, readonly UsableRule[]>>;
  #customRegistry: CustomMetricRegistry | undefined;
  #externalRegistry: ExternalMetricRegistry | undefined;

  /** @param mapper - Undefined: the cluster's resources are not known yet, and no rule can be used. */
  constructor(
    rules: Readonly<Record<RuleKind, readonly RuleState[]>>,
    mapper: ResourceMapper | undefined,
    scopes: MetricScopes,
  ) {
    this.#rules = rules;
    this.#mapper = mapper;
    this.#scopes = scopes;
    this.#usable = { custom: usableOf(rules.custom), external: usableOf(rules.external) };
  }

  /** Rules that can be used, in the order of the file. */
  usable(kind: RuleKind): readonly UsableRule[] {
    return this.#usable[kind];
  }

  /** The rule that a metric comes from. */
  ruleOf(kind: RuleKind, namer: MetricNamer): UsableRule | undefined {
    return this.#usable[kind].find((rule) => rule.namer === namer);
  }

  /** Custom metrics; undefined while the cluster's resources are not known. */
  get customRegistry(): CustomMetricRegistry | undefined {
    if (this.#mapper === undefined) return undefined;
    const found = (): ReturnType<typeof foundBy> => foundBy(this.#usable.custom);
    this.#customRegistry ??= new CustomMetricRegistry(this.#mapper, found(), this.#scopes);
    return this.#customRegistry;
  }

  /** External metrics. */
  get externalRegistry(): ExternalMetricRegistry {
    this.#externalRegistry ??= new ExternalMetricRegistry(foundBy(this.#usable.external));
    return this.#externalRegistry;
  }

  /** Says that a list has changed. */
  forget(): void {
    this.#customRegistry = undefined;
    this.#externalRegistry = undefined;
  }

  /** What keeps rules from use, by their part. */
  problems(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#rules.custom, ...this.#rules.external].flatMap(({ part, problem }) =>
        problem === undefined ? [] : [[part, problem.message] as const],
      ),
    );
  }

  /** How each rule does. @param failedQueries - By part. */
  state(failedQueries: ReadonlyMap<string, ErrorTally>): SourceState[] {
    return [...this.#rules.custom, ...this.#rules.external].map(({ part, problem, listing }) => {
      const why = problem ?? listing?.problem;
      const lastSuccessMs = listing?.lastSuccessMs;
      return {
        part,
        ...(why !== undefined && { problem: describeError(why) }),
        ...(lastSuccessMs !== undefined && { lastSuccessMs }),
        ...(listing?.durationMs !== undefined && { durationMs: listing.durationMs }),
        errors: sumOf(listing?.failures, failedQueries.get(part)?.counts),
      };
    });
  }

  /** Why the series of some rule were never listed; undefined: those of each were. */
  unlisted(kind: RuleKind): unknown {
    const { problem, listing } =
      this.#rules[kind].find((rule) => rule.listing?.lastSuccessMs === undefined) ?? {};
    return problem ?? listing?.problem;
  }
}

function usableOf(rules: readonly RuleState[]): UsableRule[] {
  return rules.flatMap(({ part, namer, backend, listing }) =>
    namer === undefined || backend === undefined || listing === undefined
      ? []
      : [{ part, namer, backend, listing }],
  );
}

function foundBy(rules: readonly UsableRule[]): { namer: MetricNamer; series: SeriesShape[] }[] {
  return rules.map(({ namer, listing }) => ({
    namer,
    // An empty name, which an expression of a rule may make, is no metric that anybody could ask for.
    series: listing.shapes.filter(({ name }) => namer.takes(name) && namer.nameOf(name) !== ''),
  }));
}
