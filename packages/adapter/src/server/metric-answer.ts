import { BellowsError, parseFieldSelector, parseLabelSelector, type Selector } from '@bellows/core';
import { refusals } from '../api/refusals.ts';
import { Refusal } from './refusal.ts';

/** A body, and who gave what is in it. */
export interface MetricAnswer {
  /** Ready to be written as JSON. */
  readonly body: object;
  /** Name of the source. */
  readonly source: string;
  /** Values below 0 that were made 0; undefined: none. */
  readonly clampedValues?: number;
}

/**
 * Whether an error of one source leaves it to the later ones to answer: when the source does not list the metric, it only says that it
 * cannot find out whether it has it, as rules do whose Prometheus was never reached. An error of a metric that it lists is the answer,
 * since what has the same name elsewhere may be something else, and a value must not come from here and from there by turns.
 *
 * @param listed - What the source lists.
 */
export function leavesToOthers(
  error: unknown,
  metric: string,
  listed: readonly string[],
): error is BellowsError {
  return BellowsError.is(error) && error.code === 'ERR_ADAPTER_SOURCE' && !listed.includes(metric);
}

/** Reads a label selector of the query; none is one that selects all. @throws BellowsError `ERR_CORE_SELECTOR`. */
export function readSelector(query: URLSearchParams, name: string): Selector {
  return parseLabelSelector(query.get(name) ?? '');
}

/**
 * Reads a field selector, such as `metadata.name=web`; undefined when there is none.
 *
 * @throws Refusal 400 for another field. @throws BellowsError `ERR_CORE_SELECTOR`.
 */
export function readFieldSelector(
  query: URLSearchParams,
  fields: readonly string[],
): ((object: Readonly<Record<string, string>>) => boolean) | undefined {
  const selector = parseFieldSelector(query.get('fieldSelector') ?? '');
  const unknown = selector.requirements.find(({ field }) => !fields.includes(field));
  if (unknown !== undefined) {
    const reason = `field label not supported: ${unknown.field}; supported: ${fields.join(', ')}`;
    throw new Refusal(refusals.badRequest(reason));
  }
  return selector.isEmpty ? undefined : (object) => selector.matches(object);
}
