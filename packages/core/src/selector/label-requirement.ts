import { BellowsError } from '../bellows-error.ts';
import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';

/** Operators by upstream's names; `=` and `==` mean the same but keep their spelling. */
export type LabelOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'exists' | '!' | 'gt' | 'lt';

/** One condition on a set of labels. */
export interface LabelRequirement {
  /** The label's key. */
  readonly key: string;
  /** How the label's value relates to `values`. */
  readonly operator: LabelOperator;
  /** Sorted; empty for `exists` and `!`, one for all but `in` and `notin`. */
  readonly values: readonly string[];
}

const INTEGER = /^[+-]?\d+$/;
const MAX_INT64 = 9_223_372_036_854_775_807n;

/**
 * Makes a requirement.
 *
 * @throws {@link BellowsError} `ERR_CORE_SELECTOR` with the API server's words when the key, a value or the
 * number of values is wrong.
 * @see kubernetes/apimachinery v0.37.2 pkg/labels/selector.go NewRequirement
 */
export function createLabelRequirement(
  key: string,
  operator: LabelOperator,
  values: readonly string[],
): LabelRequirement {
  const problems = [
    ...keyProblem(key, 'key'),
    ...countProblem(operator, values),
    ...(operator === 'gt' || operator === 'lt' ? integerProblems(values) : []),
    ...values.flatMap((value, index) => valueProblem(key, value, index)),
  ];
  if (problems.length > 0) throw selectorError(joinProblems(problems));
  return { key, operator, values: values.toSorted() };
}

/** The error of a selector: its words are the API server's. */
export function selectorError(message: string): BellowsError {
  return new BellowsError('ERR_CORE_SELECTOR', message, {
    remedy: 'Write conditions such as app=shop, tier in (web,db), !canary, joined by commas.',
  });
}

/** A key's problem as upstream's field error, or none. */
export function keyProblem(key: string, path: string): string[] {
  const problems = labelKeyProblems(key);
  return problems.length === 0 ? [] : [invalid(path, JSON.stringify(key), problems.join('; '))];
}

function valueProblem(key: string, value: string, index: number): string[] {
  const problems = labelValueProblems(value);
  const path = `values[${index}][${key}]`;
  return problems.length === 0 ? [] : [invalid(path, JSON.stringify(value), problems.join('; '))];
}

function countProblem(operator: LabelOperator, values: readonly string[]): string[] {
  const [isRight, rule] = countRule(operator, values.length);
  const list = values.length === 0 ? 'null' : JSON.stringify(values);
  return isRight ? [] : [invalid('values', list, rule)];
}

function countRule(operator: LabelOperator, count: number): [isRight: boolean, rule: string] {
  switch (operator) {
    case 'in':
    case 'notin':
      return [count > 0, "for 'in', 'notin' operators, values set can't be empty"];
    case '=':
    case '==':
    case '!=':
      return [count === 1, 'exact-match compatibility requires one single value'];
    case 'exists':
    case '!':
      return [count === 0, 'values set must be empty for exists and does not exist'];
    case 'gt':
    case 'lt':
      return [count === 1, "for 'Gt', 'Lt' operators, exactly one value is required"];
  }
}

function integerProblems(values: readonly string[]): string[] {
  return values.flatMap((value, index) =>
    parseInt64(value) === undefined
      ? [
          invalid(
            `values[${index}]`,
            JSON.stringify(value),
            "for 'Gt', 'Lt' operators, the value must be an integer",
          ),
        ]
      : [],
  );
}

function invalid(path: string, value: string, rule: string): string {
  return `${path}: Invalid value: ${value}: ${rule}`;
}

function joinProblems(problems: readonly string[]): string {
  const [first = '', ...more] = [...new Set(problems)];
  return more.length === 0 ? first : `[${[first, ...more].join(', ')}]`;
}

/** Go's `ParseInt` in base 10. */
function parseInt64(text: string): bigint | undefined {
  if (!INTEGER.test(text) || text.replace(/^[+-]?0*/, '').length > 19) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value <= MAX_INT64 && value >= -MAX_INT64 - 1n ? value : undefined;
}

/**
 * Whether labels meet a requirement. A missing key meets `notin`, `!=` and `!`, and nothing else.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/labels/selector.go Requirement.Matches
 */
export function requirementMatches(
  requirement: LabelRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const { key, operator, values } = requirement;
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
    case '=':
    case '==':
      return label !== undefined && values.includes(label);
    case 'notin':
    case '!=':
      return label === undefined || !values.includes(label);
    case 'exists':
      return label !== undefined;
    case '!':
      return label === undefined;
    case 'gt':
    case 'lt':
      return compares(label, operator, values[0] ?? '');
  }
}

function compares(label: string | undefined, operator: 'gt' | 'lt', bound: string): boolean {
  const value = label === undefined ? undefined : parseInt64(label);
  const limit = parseInt64(bound);
  if (value === undefined || limit === undefined) return false;
  return operator === 'gt' ? value > limit : value < limit;
}

/** Writes a requirement in the selector syntax. */
export function formatRequirement({ key, operator, values }: LabelRequirement): string {
  const list = values.join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    case '=':
    case '==':
    case '!=':
      return key + operator + list;
  }
}
