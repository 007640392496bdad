import type { NodeMetrics } from '../api/resource-metrics.ts';
import type { IndexedObject } from '../objects/object-table.ts';
import type { ResourceMetricsRequest } from '../source/source.ts';
import { earliestMs, isKnown, usageOf, type UsageSamples } from './usage-of.ts';
import type { UsageRule } from './usage-rule.ts';
import { usageSamples, type UsageParts } from './usage-samples.ts';

/** Usage of nodes. */
export class NodeUsageReader {
  readonly #parts: UsageParts;

  constructor(parts: UsageParts) {
    this.#parts = parts;
  }

  /** Usage of the nodes that are meant and known to Prometheus. @throws BellowsError when it cannot be read. */
  async read(
    { name, labelSelector }: ResourceMetricsRequest,
    signal: AbortSignal,
  ): Promise<NodeMetrics[]> {
    const { cpu, memory, mapper, objects } = this.#parts;
    const resource = mapper.find({ group: '', resource: 'nodes' });
    if (resource === undefined) return [];
    const selection = { namespace: '', selector: labelSelector };
    const all = await objects.select(resource, selection, signal);
    const nodes = name === undefined ? all : all.filter((node) => node.name === name);
    if (nodes.length === 0) return [];
    const names = nodes.map((node) => node.name);
    const samplesOf = (rule: UsageRule): ReturnType<typeof usageSamples> =>
      usageSamples(
        this.#parts,
        {
          ...{ namespace: '', label: rule.nodeLabel, names },
          build: (some, expression) =>
            rule.nodeQuery(some, expression, this.#parts.isStrict ? 'none' : 'regexp'),
        },
        signal,
      );
    const [cpus, memories] = await Promise.all([samplesOf(cpu), samplesOf(memory)]);
    return nodes.flatMap((node) =>
      this.#nodeOf(node, { cpu: cpus.get(node.name)?.[0], memory: memories.get(node.name)?.[0] }),
    );
  }

  #nodeOf({ name, labels }: IndexedObject, samples: UsageSamples): NodeMetrics[] {
    const { isStrict, now, windowMs } = this.#parts;
    const { cpu, memory } = samples;
    if (isStrict && (cpu === undefined || memory === undefined)) return [];
    const usage = usageOf(samples, isStrict);
    const timestampMs = earliestMs([cpu, memory]);
    if (!isKnown(usage) || timestampMs === undefined) return [];
    const windowNs = BigInt(windowMs) * 1_000_000n;
    return [{ name, namespace: '', labels, createdMs: now(), timestampMs, windowNs, usage }];
  }
}
