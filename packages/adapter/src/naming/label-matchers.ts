import { BellowsError, type LabelOperator, type LabelRequirement } from '@bellows/core';
import { quoteGo } from '../template/go-quote.ts';

/** A condition on a label, on its way into PromQL. */
export interface QueryPart {
  readonly label: string;
  readonly operator: LabelOperator;
  /** Literal texts. Several are joined by `|` as an expression. */
  readonly values: readonly string[];
  /** An expression that means the same as the values of `in`, in fewer characters. Undefined: there is none. */
  readonly expression?: string;
}

/** A label that PromQL takes without quotes. @see prometheus/common v0.73.1 model/labels.go */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether PromQL takes a label's name as it is; others need quotes, which Prometheus takes since version 3. */
export function isLabelName(text: string): boolean {
  return LABEL_NAME.test(text);
}

/** How label values are written into regular expressions. */
export type ValueEscaping =
  /** As they are: upstream's way, which takes `a.b` for an expression. */
  | 'none'
  /** So that they mean themselves. */
  | 'regexp';

/**
 * A condition as PromQL's matcher.
 *
 * @throws BellowsError `ERR_ADAPTER_QUERY` for `<` and `>`, which Prometheus has not.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/metrics_query.go processQueryParts
 */
export function matcherOf(part: QueryPart, escaping: ValueEscaping): string {
  const { operator, values } = part;
  const label = labelText(part.label, escaping);
  const isOne = values.length === 1;
  const [value = ''] = values;
  const anyOf = quoteGo(part.expression ?? expressionOf(values, escaping));
  switch (operator) {
    case '=':
    case '==':
      return isOne ? `${label}=${quoteGo(value)}` : `${label}=~${anyOf}`;
    case '!=':
      return isOne ? `${label}!=${quoteGo(value)}` : `${label}!~${anyOf}`;
    case 'in':
      return `${label}=~${anyOf}`;
    case 'notin':
      return `${label}!~${anyOf}`;
    case 'exists':
      return `${label}!=""`;
    case '!':
      return `${label}=""`;
    case 'gt':
    case 'lt':
      throw new BellowsError(
        'ERR_ADAPTER_QUERY',
        `Expected an operator that Prometheus has for label ${label}, got ${operator}`,
        { remedy: 'Use =, !=, in, notin, or the existence of the label.' },
      );
  }
}

function labelText(label: string, escaping: ValueEscaping): string {
  return escaping === 'none' || isLabelName(label) ? label : quoteGo(label);
}

function expressionOf(values: readonly string[], escaping: ValueEscaping): string {
  return values.map((one) => (escaping === 'regexp' ? escapeRe2(one) : one)).join('|');
}

/** Conditions of a selector, in its order. */
export function partsOf(requirements: readonly LabelRequirement[]): QueryPart[] {
  return requirements.map(({ key, operator, values }) => ({ label: key, operator, values }));
}

/** A text as an expression that matches it alone. */
export function escapeRe2(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
}
