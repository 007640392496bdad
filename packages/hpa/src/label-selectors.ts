import {
  BellowsError,
  parseLabelSelector,
  selectorFromLabelSelector,
  type LabelSelector,
  type Selector,
} from '@bellows/core';
import { fail, succeed, type Outcome } from './metric-outcome.ts';

/** Reads a label selector from text, as `scale.status.selector` holds it. */
export function readSelectorText(text: string): Outcome<Selector> {
  return attempt(() => parseLabelSelector(text));
}

/**
 * Why a metric's selector cannot be used, as the controller words it; undefined if it can. The API server
 * does not look at these selectors, so a wrong one is only found here.
 */
export function labelSelectorProblem(selector: LabelSelector | undefined): string | undefined {
  const converted = attempt(() => selectorFromLabelSelector(selector));
  return converted.ok ? undefined : converted.error;
}

function attempt(read: () => Selector): Outcome<Selector> {
  try {
    return succeed(read());
  } catch (error) {
    if (BellowsError.is(error)) return fail(error.message);
    throw error;
  }
}
