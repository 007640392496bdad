import type { Place } from '@bellows/core';
import type { NameMapping } from '../config/discovery-rule.ts';
import { ruleError } from './rule-error.ts';
import { compileRegExp } from './series-filter.ts';

/** The metric's name of a series, or undefined if the series' name does not match. */
export type MetricNaming = (seriesName: string) => string | undefined;

/**
 * Makes the naming of a rule. Only what `as` makes of the first match is left, the rest of the name is gone.
 *
 * @throws BellowsError `ERR_ADAPTER_RULE` for an expression that RE2 refuses, or one with several groups and no `as`.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/metric_namer.go
 */
export function createMetricNaming({ matches, as }: NameMapping, place: Place): MetricNaming {
  const expression = compileRegExp(matches === '' ? '.*' : matches, place);
  if (as === '' && expression.groupCount > 1) {
    throw ruleError(
      place,
      `Expected name.as, since ${matches} has ${expression.groupCount} groups`,
    );
  }
  const template = as !== '' ? as : expression.groupCount === 1 ? '$1' : '$0';
  return (seriesName) => expression.expand(seriesName, template);
}
