import { BellowsError } from '@bellows/core';
import type { DiscoveryRule } from '../config/discovery-rule.ts';
import type { ValueEscaping } from '../naming/label-matchers.ts';
import { MetricNamer } from '../naming/metric-namer.ts';
import type { ResourceMapper } from '../naming/resource-mapper.ts';
import { ruleError } from '../naming/rule-error.ts';

/** A rule that can be used, or why not. */
export interface PreparedRule {
  /** Such as `rules[3]`. */
  readonly part: string;
  /** As it was read. */
  readonly rule: DiscoveryRule;
  /** Undefined: it cannot be used. */
  readonly namer: MetricNamer | undefined;
  /** What keeps it from use. */
  readonly problem: BellowsError | undefined;
}

/** What rules are prepared with. */
export interface RuleSurroundings {
  /** Undefined: the cluster's resources are not known yet. */
  readonly mapper: ResourceMapper | undefined;
  /** How label values are written into queries. */
  readonly escaping: ValueEscaping;
  /** Whether there is a Prometheus of that name; undefined is that of the command line. */
  readonly hasBackend: (name: string | undefined) => boolean;
}

/**
 * Prepares each rule by itself: one that cannot be used harms no other.
 *
 * @param list - Which of the file's lists they are.
 */
export function prepareRules(
  list: 'rules' | 'externalRules',
  rules: readonly DiscoveryRule[],
  surroundings: RuleSurroundings,
): PreparedRule[] {
  return rules.map((rule, index) => {
    const part = `${list}[${index}]`;
    try {
      return { part, rule, namer: prepared(rule, surroundings), problem: undefined };
    } catch (error) {
      if (!BellowsError.is(error)) throw error;
      return { part, rule, namer: undefined, problem: error };
    }
  });
}

function prepared(
  rule: DiscoveryRule,
  { mapper, escaping, hasBackend }: RuleSurroundings,
): MetricNamer {
  if (!hasBackend(rule.backend)) {
    const name = rule.backend ?? 'that of the command line';
    throw ruleError(rule.place, `Expected a Prometheus to ask, got ${name}, which is not there`);
  }
  if (mapper === undefined) {
    throw new BellowsError('ERR_ADAPTER_SOURCE', 'The resources of the cluster are not known yet', {
      remedy: 'Check that the API server runs, and the network policy between the two.',
    });
  }
  return new MetricNamer(rule, mapper, escaping);
}
