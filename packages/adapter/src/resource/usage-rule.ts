import { BellowsError } from '@bellows/core';
import type { ResourceRule } from '../config/discovery-rule.ts';
import type { QueryPart, ValueEscaping } from '../naming/label-matchers.ts';
import { MetricsQuery } from '../naming/metrics-query.ts';
import { ResourceConverter } from '../naming/resource-converter.ts';
import type { GroupResource, ResourceMapper } from '../naming/resource-mapper.ts';

const core = (resource: string): GroupResource => ({ group: '', resource });

/** Which pods are asked about. */
export interface PodsAsked {
  readonly namespace: string;
  /** At least one. */
  readonly names: readonly string[];
  /** An expression that means the names, in fewer characters. Undefined: they are written one by one. */
  readonly expression?: string | undefined;
}

/** How one resource, CPU or memory, is asked for. */
export class UsageRule {
  readonly podLabel: string;
  readonly namespaceLabel: string;
  readonly nodeLabel: string;
  readonly containerLabel: string;
  readonly #containerQuery: MetricsQuery;
  readonly #nodeQuery: MetricsQuery;

  /** @throws BellowsError `ERR_ADAPTER_RULE` or `ERR_ADAPTER_TEMPLATE` for a rule that cannot be used. */
  constructor(name: 'cpu' | 'memory', rule: ResourceRule, mapper: ResourceMapper) {
    const place = { field: `resourceRules.${name}` };
    const converter = new ResourceConverter(rule.resources, mapper, place);
    const labelOf = (resource: string): string => {
      const label = converter.labelOf(core(resource));
      if (label !== undefined) return label;
      throw new BellowsError('ERR_ADAPTER_RULE', `Expected a label that names ${resource}`, {
        place,
        remedy: `Add an override for ${resource} to the rule's resources, or a template.`,
      });
    };
    this.podLabel = labelOf('pods');
    this.namespaceLabel = labelOf('namespaces');
    this.nodeLabel = labelOf('nodes');
    this.containerLabel = rule.containerLabel;
    this.#containerQuery = new MetricsQuery(rule.containerQuery, place);
    this.#nodeQuery = new MetricsQuery(rule.nodeQuery, place);
  }

  /** The query for containers of pods. */
  podQuery({ namespace, names, expression }: PodsAsked, escaping: ValueEscaping): string {
    const parts: QueryPart[] = [
      { label: this.namespaceLabel, operator: '=', values: [namespace] },
      namesPart(this.podLabel, names, expression),
    ];
    const groupBy = [this.podLabel, this.containerLabel];
    return this.#containerQuery.build({ series: '', parts, groupBy, escaping });
  }

  /** The query for nodes. */
  nodeQuery(
    names: readonly string[],
    expression: string | undefined,
    escaping: ValueEscaping,
  ): string {
    const parts = [namesPart(this.nodeLabel, names, expression)];
    return this.#nodeQuery.build({ series: '', parts, groupBy: [this.nodeLabel], escaping });
  }
}

function namesPart(
  label: string,
  values: readonly string[],
  expression: string | undefined,
): QueryPart {
  return {
    ...{ label, operator: values.length > 1 ? 'in' : '=', values },
    ...(expression !== undefined && { expression }),
  };
}
