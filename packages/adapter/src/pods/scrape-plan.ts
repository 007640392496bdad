import type { Selector } from '@bellows/core';
import type { PodMetricQuery } from '@bellows/scrape';
import type { AutoscalerDemand } from '../demand/autoscaler-demand.ts';
import type { ScaleSelector, ScaleTarget } from '../demand/scale-selectors.ts';

/** The pods of one autoscaler's target, and what is scraped of them. */
export interface ScrapeGroup {
  /** Their namespace. */
  readonly namespace: string;
  /** Namespace and name of the autoscaler, for people. */
  readonly part: string;
  /** Which pods; undefined while it is not known, which `problem` says why. */
  readonly selector: Selector | undefined;
  /** By the metric's name. */
  readonly metrics: ReadonlyMap<string, PodMetricQuery>;
  /** Why its metrics cannot be had; undefined: they can. */
  readonly problem: string | undefined;
}

/** What is scraped, as the autoscalers ask for. */
export class ScrapePlan {
  /** One for each autoscaler with Pods metrics, sorted by namespace and name. */
  readonly groups: readonly ScrapeGroup[];
  readonly #byNamespace = new Map<string, ScrapeGroup[]>();

  constructor(groups: readonly ScrapeGroup[]) {
    this.groups = groups.toSorted((a, b) => (a.part < b.part ? -1 : 1));
    for (const group of this.groups) {
      const others = this.#byNamespace.get(group.namespace);
      if (others === undefined) this.#byNamespace.set(group.namespace, [group]);
      else others.push(group);
    }
  }

  /** Groups of a namespace. */
  inNamespace(namespace: string): readonly ScrapeGroup[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** Whether some autoscaler wants anything of a pod. */
  selects(namespace: string, labels: Readonly<Record<string, string>>): boolean {
    return this.inNamespace(namespace).some(({ selector }) => selector?.matches(labels) ?? false);
  }

  /** What is wanted of a pod, by the metric's name; where two autoscalers differ about a metric, the first by name is followed. */
  queriesOf(
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): ReadonlyMap<string, PodMetricQuery> {
    const groups = this.inNamespace(namespace).filter(({ selector }) => selector?.matches(labels));
    const [only] = groups;
    if (groups.length === 1 && only !== undefined) return only.metrics;
    return new Map(groups.toReversed().flatMap(({ metrics }) => [...metrics]));
  }
}

/** What an autoscaler scales. */
export function targetOf({ namespace, target }: AutoscalerDemand): ScaleTarget {
  return { namespace, reference: target };
}

/** Whether an autoscaler names a metric of pods. */
export function namesPods({ metrics }: AutoscalerDemand): boolean {
  return metrics.some(({ type }) => type === 'Pods');
}

/** Makes the plan of what the autoscalers ask for. */
export function planScrapes(
  demands: readonly AutoscalerDemand[],
  selectorOf: (target: ScaleTarget) => ScaleSelector,
): ScrapePlan {
  return new ScrapePlan(
    demands.filter(namesPods).map((demand): ScrapeGroup => {
      const known = selectorOf(targetOf(demand));
      return {
        namespace: demand.namespace,
        part: `${demand.namespace}/${demand.name}`,
        // What cannot be read correctly is not scraped by guess.
        selector:
          known.kind === 'known' && demand.problem === undefined ? known.selector : undefined,
        metrics: queriesOf(demand),
        problem: demand.problem ?? (known.kind === 'known' ? undefined : known.problem),
      };
    }),
  );
}

function queriesOf({ metrics }: AutoscalerDemand): ReadonlyMap<string, PodMetricQuery> {
  const queries = metrics
    .filter(({ type }) => type === 'Pods')
    .map(({ name, source }): [string, PodMetricQuery] => [
      name,
      { name, ...(source && { source }) },
    ]);
  return new Map(queries);
}
