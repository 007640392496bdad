import { selectorError } from './label-requirement.ts';

/**
 * Checks that a value from outside has the form of a `metav1.LabelSelector`; keys and values are judged
 * later, with the API server's words.
 *
 * @throws BellowsError `ERR_CORE_SELECTOR` when it has another form.
 */
export function validateLabelSelectorShape(value: unknown): void {
  if (!isMap(value)) throw shapeError('a label selector to be a map', value);
  const { matchLabels, matchExpressions } = value;
  if (matchLabels !== undefined && !isMapOfTexts(matchLabels)) {
    throw shapeError('matchLabels to be a map of texts', matchLabels);
  }
  if (matchExpressions === undefined) return;
  if (!Array.isArray(matchExpressions)) {
    throw shapeError('matchExpressions to be a list', matchExpressions);
  }
  for (const expression of matchExpressions as readonly unknown[]) {
    if (!isExpression(expression)) {
      throw shapeError('each of matchExpressions to have key, operator and values', expression);
    }
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMapOfTexts(value: unknown): boolean {
  return isMap(value) && Object.values(value).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isExpression(value: unknown): boolean {
  if (!isMap(value)) return false;
  const { key, operator, values } = value;
  const hasValues = values === undefined || (Array.isArray(values) && values.every(isText));
  return isText(key) && isText(operator) && hasValues;
}

function shapeError(expected: string, got: unknown): Error {
  const kind = got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got;
  return selectorError(`Expected ${expected}, got ${kind}`);
}
