import { BellowsError } from '@bellows/core';
import { shownValue } from './shown-value.ts';

/** Longest label value, in characters; a longer one goes to the overflow series. */
export const MAX_LABEL_VALUE_LENGTH = 1024;

/** Labels as a caller gives them, names to values. */
export type GivenLabels = Readonly<Record<string, unknown>>;

/**
 * The values of a metric's labels as text, in the order of its names; empty for one that is not given, which is the
 * same to Prometheus.
 * @throws BellowsError `ERR_KIT_METRIC` for a label that the metric does not have.
 */
export function labelValuesOf(
  metricName: string,
  labelNames: readonly string[],
  labels: GivenLabels,
): string[] {
  for (const name in labels) {
    if (labelNames.includes(name)) continue;
    throw new BellowsError(
      'ERR_KIT_METRIC',
      `Expected labels of ${metricName} to be among [${labelNames.join(', ')}], got \`${name}\``,
      { remedy: `Add '${name}' to labelNames of ${metricName}, or leave the label out.` },
    );
  }
  return labelNames.map((name) => labelText(labels[name]));
}

/**
 * The labels as one object from what was given to `labels(…)` or `remove(…)`: that object, or a value for each name.
 * @throws BellowsError `ERR_KIT_METRIC` for another number of values.
 */
export function labelsFromArguments(
  metricName: string,
  labelNames: readonly string[],
  given: readonly unknown[],
): GivenLabels {
  const [first] = given;
  if (typeof first === 'object' && first !== null) return first as GivenLabels;
  if (given.length === labelNames.length) {
    return Object.fromEntries(labelNames.map((name, index) => [name, given[index]]));
  }
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected a value for each label of ${metricName} [${labelNames.join(', ')}], got ${given.length}`,
    { remedy: 'Give all values in order, or an object of names and values.' },
  );
}

/** A value as it stands on the page: text that is no Unicode could not be written and read back. */
function labelText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : shownValue(value);
  return text.length > MAX_LABEL_VALUE_LENGTH ? text : text.replace(/\p{Surrogate}/gu, '\ufffd');
}
