import { BellowsError, type Observed, type Quantity } from '@bellows/core';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { ApiResource, ResourceMapper } from '../naming/resource-mapper.ts';
import type { CustomMetric, CustomSeries } from '../registry/custom-metric-registry.ts';
import type { ExternalSeries } from '../registry/external-metric-registry.ts';
import type {
  CustomMetrics,
  ExternalMetricRead,
  ExternalMetrics,
  ExternalReading,
  ObjectMetricRequest,
  ObjectMetricValue,
} from '../source/source.ts';
import { externalValues } from '../value/external-values.ts';
import { objectValues } from '../value/object-values.ts';
import type { PrometheusBackend } from './backend.ts';
import type { MetricSearch } from './metric-search.ts';
import { objectQueries } from './object-queries.ts';
import type { QueryRunner } from './query-runner.ts';
import { queryWindowSeconds } from './query-window.ts';
import type { RuleKind, RuleSet } from './rule-set.ts';

/** What answers are made from. */
export interface RuleMetricsParts {
  /** The rules as they are now. */
  readonly rules: () => RuleSet;
  /** The cluster's resources as they are now; undefined: not known yet. */
  readonly mapper: () => ResourceMapper | undefined;
  readonly objects: ObjectIndex;
  readonly search: MetricSearch;
  readonly runner: QueryRunner;
  /** Told of each answer that a rule could not give. */
  readonly onError: (part: string, error: unknown) => void;
  /** Upstream's way where it is known to be wrong. */
  readonly isStrict: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface AskedObjects {
  readonly found: CustomSeries;
  readonly names: readonly string[];
  readonly backend: PrometheusBackend;
}

/** Custom metrics of rules. */
export class RuleCustomMetrics implements CustomMetrics {
  readonly #parts: RuleMetricsParts;

  constructor(parts: RuleMetricsParts) {
    this.#parts = parts;
  }

  list(): readonly CustomMetric[] {
    return this.#parts.rules().customRegistry?.list() ?? [];
  }

  async read(
    request: ObjectMetricRequest,
    signal: AbortSignal,
  ): Promise<readonly ObjectMetricValue[] | undefined> {
    const found = await this.#find(request, signal);
    const resource = found && this.#parts.mapper()?.find(found.resource);
    if (found === undefined || resource === undefined) return undefined;
    const rule = this.#parts.rules().ruleOf('custom', found.namer);
    if (rule === undefined) return undefined;
    rule.listing.markRequested(found.series);
    const names = await this.#names(request, resource, signal);
    if (names.length === 0) return [];
    const asked = { found, names, backend: rule.backend };
    const values = await countErrors(this.#parts, rule.part, signal, () =>
      this.#values(request, asked, signal),
    );
    const apiVersion =
      resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
    const { kind } = resource;
    return names.map((name) => ({
      object: { kind, namespace: request.namespace, name, apiVersion },
      ...(values.get(name) ?? { value: { kind: 'missing', reason: 'Prometheus was not asked' } }),
    }));
  }

  async #find(
    request: ObjectMetricRequest,
    signal: AbortSignal,
  ): Promise<CustomSeries | undefined> {
    const known = this.#parts.rules().customRegistry?.find(request);
    if (known !== undefined) return known;
    await lookFor(this.#parts, 'custom', request, signal);
    return this.#parts.rules().customRegistry?.find(request);
  }

  async #names(
    { name, namespace, objectSelector }: ObjectMetricRequest,
    resource: ApiResource,
    signal: AbortSignal,
  ): Promise<string[]> {
    if (name !== undefined) return [name];
    const selection = { namespace, selector: objectSelector };
    const objects = await this.#parts.objects.select(resource, selection, signal);
    return objects.map((object) => object.name);
  }

  /** By name: each with its window. */
  async #values(
    { namespace, metricSelector }: ObjectMetricRequest,
    { found, names, backend }: AskedObjects,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Omit<ObjectMetricValue, 'object'>>> {
    const { runner, isStrict } = this.#parts;
    const { namer, series, resource } = found;
    if (!isStrict) await runner.checkLabels(backend, metricSelector, signal);
    const build = (some: readonly string[], expression?: string): string =>
      namer.queryObjects({
        ...{ series, resource, namespace, names: some, selector: metricSelector },
        ...(expression !== undefined && { expression }),
      });
    const queries = isStrict ? [{ query: build(names), names }] : objectQueries(names, build);
    const label = namer.converter.labelOf(resource) ?? '';
    const answers = await Promise.all(
      queries.map(async ({ query, names: some }) => {
        const result = await runner.run({ backend, query, namespace }, signal);
        const values = objectValues(result, label, some, isStrict ? 'zero' : 'missing');
        return [...values].map(([name, value]) => [name, this.#timed(value, query)] as const);
      }),
    );
    return new Map(answers.flat());
  }

  #timed(value: Observed<Quantity>, query: string): Omit<ObjectMetricValue, 'object'> {
    const { isStrict, now } = this.#parts;
    if (isStrict) return { value: value.kind === 'value' ? { ...value, atMs: now() } : value };
    const windowSeconds = queryWindowSeconds(query);
    return { value, ...(windowSeconds !== undefined && { windowSeconds }) };
  }
}

/** External metrics of rules. */
export class RuleExternalMetrics implements ExternalMetrics {
  readonly #parts: RuleMetricsParts;

  constructor(parts: RuleMetricsParts) {
    this.#parts = parts;
  }

  list(): readonly string[] {
    return this.#parts.rules().externalRegistry.list();
  }

  async read(
    request: ExternalMetricRead,
    signal: AbortSignal,
  ): Promise<readonly ExternalReading[] | undefined> {
    const found = await this.#find(request, signal);
    if (found === undefined) return undefined;
    const { runner, isStrict, rules } = this.#parts;
    const rule = rules().ruleOf('external', found.namer);
    if (rule === undefined) return undefined;
    rule.listing.markRequested(found.series);
    const { namespace, selector } = request;
    const { backend } = rule;
    const { query, result } = await countErrors(this.#parts, rule.part, signal, async () => {
      if (!isStrict) await runner.checkLabels(backend, selector, signal);
      const asked = found.namer.queryExternal({ series: found.series, namespace, selector });
      return {
        query: asked,
        result: await runner.run({ backend, query: asked, namespace }, signal),
      };
    });
    const windowSeconds = isStrict ? undefined : queryWindowSeconds(query);
    return externalValues(result).map((value) => ({
      ...value,
      ...(windowSeconds !== undefined && { windowSeconds }),
    }));
  }

  async #find(
    request: ExternalMetricRead,
    signal: AbortSignal,
  ): Promise<ExternalSeries | undefined> {
    const known = this.#parts.rules().externalRegistry.find(request.metric);
    if (known !== undefined) return known;
    await lookFor(this.#parts, 'external', request, signal);
    return this.#parts.rules().externalRegistry.find(request.metric);
  }
}

/** Tells of what a rule could not answer; who asked and has gone is no error of its. */
async function countErrors<T>(
  { onError }: RuleMetricsParts,
  part: string,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!signal.aborted) onError(part, error);
    throw error;
  }
}

/** @throws BellowsError `ERR_ADAPTER_SOURCE` where it cannot be said whether the metric exists, since its rules were never listed. */
async function lookFor(
  { search, rules }: RuleMetricsParts,
  kind: RuleKind,
  wanted: { readonly metric: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<void> {
  const now = rules();
  try {
    if (await search.find(wanted, now.usable(kind), signal)) return;
  } catch (error) {
    signal.throwIfAborted();
    if (!BellowsError.is(error)) throw error;
  }
  const unlisted = now.unlisted(kind);
  if (BellowsError.is(unlisted)) throw unlisted;
}
