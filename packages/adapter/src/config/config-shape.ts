import { BellowsError, parsePrometheusDuration } from '@bellows/core';
import {
  booleanShape,
  describeNode,
  listOf,
  mapOf,
  optional,
  plain,
  record,
  type Shape,
} from '@bellows/manifest/reading';
import type { DiscoveryRule, ResourceRule } from './discovery-rule.ts';

/** A rule as it stands in the file. */
export type RuleValue = Omit<DiscoveryRule, 'place'>;

/** The file as it stands. */
export interface ConfigValue {
  readonly rules: readonly RuleValue[];
  readonly externalRules: readonly RuleValue[];
  readonly resourceRules?: {
    readonly cpu: ResourceRule;
    readonly memory: ResourceRule;
    /** In milliseconds. */
    readonly window: number;
  };
}

/**
 * Text, or any other scalar as it is written: Go's YAML decoder takes `as: 1` for the text `1`.
 *
 * @see go-yaml/yaml v2.4.0 decode.go
 */
const textShape: Shape<string> = {
  expected: 'text',
  zero: '',
  read: (node, path, reading) => {
    if (node.kind === 'string') return node.value;
    if (node.kind === 'number' || node.kind === 'boolean') return node.text;
    reading.problem(path, `Expected text, got ${describeNode(node)}`);
    return '';
  },
};

/** A duration as Prometheus writes it, in milliseconds. */
const windowShape: Shape<number> = {
  expected: 'a duration such as 5m',
  zero: 0,
  read: (node, path, reading) => {
    try {
      return parsePrometheusDuration(textShape.read(node, path, reading));
    } catch (error) {
      if (!BellowsError.is(error)) throw error;
      reading.problem(path, error.message, error.remedy ?? 'Write a duration such as 5m or 1h30m.');
      return 0;
    }
  },
};

const filter = record('a map with is or isNot', { is: plain(textShape), isNot: plain(textShape) });

const resourceName = record('a map with resource and maybe group', {
  group: plain(textShape),
  resource: plain(textShape),
});

const resources = record('a map with template or overrides', {
  template: plain(textShape),
  overrides: plain(mapOf(resourceName)),
  namespaced: optional(booleanShape),
});

const name = record('a map with matches and as', {
  matches: plain(textShape),
  as: plain(textShape),
});

const rule = record('a rule: a map with seriesQuery and metricsQuery', {
  seriesQuery: plain(textShape),
  seriesFilters: plain(listOf(filter)),
  resources: plain(resources),
  name: plain(name),
  metricsQuery: plain(textShape),
});

const resourceRule = record('a map with containerQuery and nodeQuery', {
  containerQuery: plain(textShape),
  nodeQuery: plain(textShape),
  resources: plain(resources),
  containerLabel: plain(textShape),
});

const resourceRules = record('a map with cpu and memory', {
  cpu: plain(resourceRule),
  memory: plain(resourceRule),
  window: plain(windowShape),
});

/**
 * The whole file. Unknown keys are problems, as upstream decodes strictly.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/config/config.go
 */
export const configShape: Shape<ConfigValue> = record('rules, externalRules or resourceRules', {
  rules: plain(listOf(rule)),
  externalRules: plain(listOf(rule)),
  resourceRules: optional(resourceRules),
});
