import {
  booleanShape,
  listOf,
  mapOf,
  optional,
  plain,
  record,
  type Shape,
} from '@bellows/manifest/reading';
import type { DiscoveryRule, ResourceRule } from './discovery-rule.ts';
import { durationShape, textShape } from './scalar-shapes.ts';
import { sourceShape, type SourceValue } from './source-shape.ts';

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
  readonly sources?: readonly SourceValue[];
}

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
  backend: optional(textShape),
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
  window: plain(durationShape),
});

/**
 * The whole file. Unknown keys are problems, as upstream decodes strictly. `sources` and a rule's `backend` are ours.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/config/config.go
 */
export const configShape: Shape<ConfigValue> = record(
  'rules, externalRules, resourceRules or sources',
  {
    rules: plain(listOf(rule)),
    externalRules: plain(listOf(rule)),
    resourceRules: optional(resourceRules),
    sources: optional(listOf(sourceShape)),
  },
);
