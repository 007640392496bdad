import { BellowsError } from '@bellows/core';
import type { ContainerMetrics, PodMetrics } from '../api/resource-metrics.ts';
import type { IndexedObject } from '../objects/object-table.ts';
import { describeError } from '../prometheus/source-error.ts';
import type { ResourceMetricsRequest } from '../source/source.ts';
import type { QuerySample } from '../value/query-result.ts';
import { earliestMs, isKnown, usageOf, type UsageSamples } from './usage-of.ts';
import type { UsageRule } from './usage-rule.ts';
import { usageSamples, type UsageParts } from './usage-samples.ts';

/** Namespaces that are asked about at the same time. */
const MAX_PARALLEL = 8;

/** Usage of pods' containers. */
export class PodUsageReader {
  readonly #parts: UsageParts;

  constructor(parts: UsageParts) {
    this.#parts = parts;
  }

  /**
   * Usage of the pods that are meant and known to Prometheus. A namespace that cannot be read is left out and logged.
   *
   * @throws BellowsError when no namespace can be read, or the pods are not known.
   */
  async read(
    { namespace, name, labelSelector }: ResourceMetricsRequest,
    signal: AbortSignal,
  ): Promise<PodMetrics[]> {
    const { mapper, objects } = this.#parts;
    const resource = mapper.find({ group: '', resource: 'pods' });
    if (resource === undefined) return [];
    const selection = {
      namespace: namespace === '' ? undefined : namespace,
      selector: labelSelector,
    };
    const all = await objects.select(resource, selection, signal);
    const pods = name === undefined ? all : all.filter((pod) => pod.name === name);
    const waiting = [...byNamespace(pods)];
    const found: PodMetrics[][] = [];
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      for (let next; (next = waiting.shift()) !== undefined;) {
        const [space, some] = next;
        try {
          found.push(await this.#readNamespace(space, some, signal));
        } catch (error) {
          failures.push(error);
          this.#tell(space, error);
        }
      }
    };
    await Promise.all(Array.from({ length: MAX_PARALLEL }, work));
    if (found.length === 0 && failures.length > 0) throw failures[0];
    return found.flat().sort(byPlace);
  }

  #tell(namespace: string, error: unknown): void {
    if (!BellowsError.is(error)) return;
    this.#parts.log('warn', 'usage of pods cannot be read', {
      namespace,
      reason: describeError(error),
    });
  }

  async #readNamespace(
    namespace: string,
    pods: readonly IndexedObject[],
    signal: AbortSignal,
  ): Promise<PodMetrics[]> {
    const { cpu, memory } = this.#parts;
    const names = pods.map(({ name }) => name);
    const samplesOf = (rule: UsageRule): ReturnType<typeof usageSamples> =>
      usageSamples(
        this.#parts,
        {
          ...{ namespace, label: rule.podLabel, names },
          build: (some, expression) =>
            rule.podQuery(
              { namespace, names: some, expression },
              this.#parts.isStrict ? 'none' : 'regexp',
            ),
        },
        signal,
      );
    const [cpus, memories] = await Promise.all([samplesOf(cpu), samplesOf(memory)]);
    return pods.flatMap((pod) =>
      this.#podOf(pod, cpus.get(pod.name) ?? [], memories.get(pod.name) ?? []),
    );
  }

  #podOf(
    { name, namespace, labels }: IndexedObject,
    cpus: readonly QuerySample[],
    memories: readonly QuerySample[],
  ): PodMetrics[] {
    const { cpu, memory, isStrict, now, windowMs } = this.#parts;
    if (isStrict && (cpus.length === 0 || memories.length === 0)) return [];
    const byContainer = new Map<string, UsageSamples>();
    for (const sample of cpus) add(byContainer, sample.labels[cpu.containerLabel], { cpu: sample });
    for (const sample of memories) {
      add(byContainer, sample.labels[memory.containerLabel], { memory: sample });
    }
    const containers = [...byContainer]
      .map(([container, samples]): ContainerMetrics => ({
        name: container,
        usage: usageOf(samples, isStrict),
      }))
      .filter(({ usage }) => isKnown(usage))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const timestampMs = earliestMs([...cpus, ...memories]);
    if (containers.length === 0 || timestampMs === undefined) return [];
    const windowNs = BigInt(windowMs) * 1_000_000n;
    return [{ name, namespace, labels, createdMs: now(), timestampMs, windowNs, containers }];
  }
}

function byNamespace(pods: readonly IndexedObject[]): ReadonlyMap<string, IndexedObject[]> {
  const all = new Map<string, IndexedObject[]>();
  for (const pod of pods) {
    const known = all.get(pod.namespace);
    if (known === undefined) all.set(pod.namespace, [pod]);
    else known.push(pod);
  }
  return all;
}

function add(
  all: Map<string, UsageSamples>,
  container: string | undefined,
  samples: UsageSamples,
): void {
  const name = container ?? '';
  all.set(name, { ...all.get(name), ...samples });
}

function byPlace(a: PodMetrics, b: PodMetrics): number {
  const [one, other] = [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
