import type { DiscoveredPod, PodMetricQuery, ScrapeTarget } from '@bellows/scrape';
import type { ScrapePlan } from './scrape-plan.ts';

/** A pod that an autoscaler's target has, with what is scraped of it. */
export interface ScrapedPod extends DiscoveredPod {
  /** By the metric's name. */
  readonly queries: ReadonlyMap<string, PodMetricQuery>;
}

/** The pods that are scraped, by namespace. Those that have ended or are about to are not among them. */
export class ScrapedPods {
  /** Where to scrape, and what for. */
  readonly targets: readonly ScrapeTarget[];
  readonly #byNamespace = new Map<string, ScrapedPod[]>();

  /** @param memory - What was scraped of pods before: the same lists again tell the scraper that nothing has changed. */
  constructor(pods: readonly DiscoveredPod[], plan: ScrapePlan, memory: QueryMemory) {
    const targets: ScrapeTarget[] = [];
    for (const pod of pods) {
      if (!pod.isLive) continue;
      const queries = plan.queriesOf(pod.namespace, pod.labels);
      if (queries.size === 0) continue;
      const metrics = memory.listOf(queries);
      for (const target of pod.targets) targets.push({ ...target, metrics });
      const others = this.#byNamespace.get(pod.namespace);
      if (others === undefined) this.#byNamespace.set(pod.namespace, [{ ...pod, queries }]);
      else others.push({ ...pod, queries });
    }
    for (const list of this.#byNamespace.values()) list.sort((a, b) => (a.name < b.name ? -1 : 1));
    this.targets = targets;
  }

  /** The pods of a namespace, by name. */
  inNamespace(namespace: string): readonly ScrapedPod[] {
    return this.#byNamespace.get(namespace) ?? [];
  }
}

/** Lists of queries, one for each set of them, however often it comes. */
export class QueryMemory {
  readonly #lists = new Map<string, readonly PodMetricQuery[]>();
  readonly #known = new WeakMap<ReadonlyMap<string, PodMetricQuery>, readonly PodMetricQuery[]>();

  /** The queries as a list, the same one for the same queries. */
  listOf(queries: ReadonlyMap<string, PodMetricQuery>): readonly PodMetricQuery[] {
    const known = this.#known.get(queries);
    if (known !== undefined) return known;
    const fresh = [...queries.values()];
    const key = JSON.stringify(fresh);
    const list = this.#lists.get(key) ?? fresh;
    this.#lists.set(key, list);
    this.#known.set(queries, list);
    return list;
  }

  /** Forgets the lists that are used no more. */
  keepOnly(targets: readonly ScrapeTarget[]): void {
    const used = new Set(targets.map(({ metrics }) => metrics));
    for (const [key, list] of this.#lists) if (!used.has(list)) this.#lists.delete(key);
  }
}
