import {
  BellowsError,
  parseLabelSelector,
  selectorFromLabelSelector,
  type LabelSelector,
  type Selector,
} from '@bellows/core';
import { fail, succeed, type Outcome } from './metric-outcome.ts';

/** Selectors that are kept, read, by their text. */
const MAX_READ_SELECTORS = 256;

/** What {@link readSelectorText} gave: a text always reads the same, and each HPA brings its own every time. */
const readSelectors = new Map<string, Outcome<Selector>>();

/** Reads a label selector from text, as `scale.status.selector` holds it. */
export function readSelectorText(text: string): Outcome<Selector> {
  const known = readSelectors.get(text);
  if (known !== undefined) return known;
  const read = attempt(() => parseLabelSelector(text));
  if (readSelectors.size >= MAX_READ_SELECTORS) readSelectors.clear();
  readSelectors.set(text, read);
  return read;
}

/**
 * Why a metric's selector cannot be used, as the controller words it; undefined if it can. The API server
 * does not look at these selectors, so a wrong one is only found here.
 */
export function labelSelectorProblem(selector: LabelSelector | undefined): string | undefined {
  if (selector === undefined) return undefined;
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
