import { BellowsError, type Place } from '@bellows/core';
import { createTemplate, type Template } from '../template/template.ts';
import { matcherOf, type QueryPart, type ValueEscaping } from './label-matchers.ts';
import { ruleError } from './rule-error.ts';

/** What a query's template is filled with. */
export interface QueryInput {
  readonly series: string;
  readonly parts: readonly QueryPart[];
  /** Labels to sum by. */
  readonly groupBy: readonly string[];
  readonly escaping: ValueEscaping;
}

/** A rule's `metricsQuery`, read once. */
export class MetricsQuery {
  readonly #template: Template;

  /** @throws BellowsError `ERR_ADAPTER_RULE` when the template cannot be read. */
  constructor(source: string, place: Place) {
    try {
      this.#template = createTemplate('metrics-query', source);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw ruleError(place, `metricsQuery: ${words}`, error);
    }
  }

  /**
   * The PromQL.
   *
   * @throws BellowsError `ERR_ADAPTER_TEMPLATE` or `ERR_ADAPTER_QUERY` when it cannot be made, or is empty.
   * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/metrics_query.go
   */
  build({ series, parts, groupBy, escaping }: QueryInput): string {
    const query = this.#template.execute({
      Series: series,
      LabelMatchers: parts.map((part) => matcherOf(part, escaping)).join(','),
      LabelValuesByName: new Map(
        parts.map(({ label, values, expression }) => [label, expression ?? values.join('|')]),
      ),
      GroupBy: groupBy.join(','),
      GroupBySlice: groupBy,
    });
    if (query !== '') return query;
    throw new BellowsError(
      'ERR_ADAPTER_QUERY',
      'Expected metricsQuery to make a query, got an empty text',
      {
        remedy:
          'Write metricsQuery, such as sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>).',
      },
    );
  }
}
