import type { ResourceMapper } from '../naming/resource-mapper.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { PrometheusBackend } from '../rules/backend.ts';
import { objectQueries } from '../rules/object-queries.ts';
import type { QueryRunner } from '../rules/query-runner.ts';
import type { Log } from '../self/log.ts';
import { resultError, type QuerySample } from '../value/query-result.ts';
import type { UsageRule } from './usage-rule.ts';

/** What usage is read with. */
export interface UsageParts {
  readonly cpu: UsageRule;
  readonly memory: UsageRule;
  readonly backend: PrometheusBackend;
  readonly mapper: ResourceMapper;
  readonly objects: ObjectIndex;
  readonly runner: QueryRunner;
  /** Upstream's way: what is not known, is no number or is negative is 0, and what has one of the two only is left out. */
  readonly isStrict: boolean;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What answers give as their window, in milliseconds. */
  readonly windowMs: number;
}

/** Which objects are asked about. */
export interface UsageAsked {
  /** Empty for nodes. */
  readonly namespace: string;
  /** Label that names the object in a sample. */
  readonly label: string;
  readonly names: readonly string[];
  /** Makes the query of some of them; `expression` stands for the names. */
  readonly build: (names: readonly string[], expression?: string) => string;
}

/**
 * The samples of each object, by its name.
 *
 * @throws BellowsError `ERR_ADAPTER_SOURCE`, `ERR_ADAPTER_TEMPLATE`, or `ERR_ADAPTER_RESULT` for an answer that is no vector.
 */
export async function usageSamples(
  { backend, runner, isStrict }: UsageParts,
  { namespace, label, names, build }: UsageAsked,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly QuerySample[]>> {
  const queries = isStrict ? [{ query: build(names) }] : objectQueries(names, build);
  const results = await Promise.all(
    queries.map(({ query }) => runner.run({ backend, query, namespace }, signal)),
  );
  const byName = new Map<string, QuerySample[]>();
  for (const result of results) {
    if (result.type !== 'vector') throw resultError('a vector', result);
    for (const sample of result.samples) {
      const name = sample.labels[label] ?? '';
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [sample]);
      else known.push(sample);
    }
  }
  return byName;
}
