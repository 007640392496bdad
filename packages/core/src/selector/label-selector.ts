import type { LabelSelector, LabelSelectorRequirement } from '../object-meta.ts';
import {
  createLabelRequirement,
  selectorError,
  type LabelOperator,
  type LabelRequirement,
} from './label-requirement.ts';
import { validateLabelSelectorShape } from './label-selector-shape.ts';
import { Selector } from './selector.ts';

const OPERATORS = new Map<string, LabelOperator>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

/**
 * Makes a selector from a `metav1.LabelSelector`: an empty one selects everything, an absent one nothing.
 *
 * @throws BellowsError `ERR_CORE_SELECTOR` with the API server's words, and for an object of another form.
 * @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector
 */
export function selectorFromLabelSelector(source: LabelSelector | undefined): Selector {
  if (source === undefined) return Selector.nothing();
  validateLabelSelectorShape(source);
  const labels = Object.entries(source.matchLabels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Selector.of([
    ...labels.map(([key, value]) => createLabelRequirement(key, '=', [value])),
    ...(source.matchExpressions ?? []).map(fromExpression),
  ]);
}

function fromExpression({ key, operator, values }: LabelSelectorRequirement): LabelRequirement {
  const known = OPERATORS.get(operator);
  if (known === undefined) {
    throw selectorError(`${JSON.stringify(operator)} is not a valid label selector operator`);
  }
  return createLabelRequirement(key, known, values ?? []);
}

/**
 * Writes a selector as a `metav1.LabelSelector`. Of several `=` of one key only the last is kept, as upstream.
 *
 * @throws {@link BellowsError} `ERR_CORE_SELECTOR` for `!=`, `>` and `<`, which have no such form, and for the
 * selector that selects nothing.
 * @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/helpers.go ParseToLabelSelector
 */
export function toLabelSelector(selector: Selector): LabelSelector {
  if (selector.selectsNothing) throw selectorError('Selecting nothing has no LabelSelector');
  const matchLabels = new Map<string, string>();
  const matchExpressions: LabelSelectorRequirement[] = [];
  for (const { key, operator, values } of selector.requirements) {
    if (operator === '=' || operator === '==') matchLabels.set(key, values[0] ?? '');
    else matchExpressions.push(toExpression(key, operator, values));
  }
  return {
    ...(matchLabels.size === 0 ? {} : { matchLabels: Object.fromEntries(matchLabels) }),
    ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
  };
}

function toExpression(
  key: string,
  operator: Exclude<LabelOperator, '=' | '=='>,
  values: readonly string[],
): LabelSelectorRequirement {
  switch (operator) {
    case 'in':
      return { key, operator: 'In', values };
    case 'notin':
      return { key, operator: 'NotIn', values };
    case 'exists':
      return { key, operator: 'Exists' };
    case '!':
      return { key, operator: 'DoesNotExist' };
    case 'gt':
    case 'lt':
      throw selectorError(`"${operator}" isn't supported in label selectors`);
    case '!=':
      throw selectorError('"!=" is not a valid label selector operator');
  }
}
