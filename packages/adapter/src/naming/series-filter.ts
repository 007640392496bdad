import type { Place } from '@bellows/core';
import type { SeriesFilter } from '../config/discovery-rule.ts';
import { GoRegExp } from './go-regexp.ts';
import { ruleError } from './rule-error.ts';

/** Whether a series' name is kept. */
export type NameTest = (name: string) => boolean;

/**
 * Makes the test of a rule's filters: all must hold. A name mapping's expression is one more of them.
 *
 * @param place - Of the rule, for errors.
 * @throws BellowsError `ERR_ADAPTER_RULE` for a filter with both or none of `is` and `isNot`, and for an
 *   expression that RE2 refuses.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/regex_matcher.go
 */
export function createNameTest(
  filters: readonly SeriesFilter[],
  matches: string,
  place: Place,
): NameTest {
  const tests = filters.map((filter) => testOf(filter, place));
  if (matches !== '') tests.push(testOf({ is: matches, isNot: '' }, place));
  return (name) => tests.every((test) => test(name));
}

function testOf({ is, isNot }: SeriesFilter, place: Place): NameTest {
  if (is !== '' && isNot !== '') {
    throw ruleError(place, `Expected is or isNot in a filter, got both: ${is} and ${isNot}`);
  }
  if (is === '' && isNot === '') {
    throw ruleError(place, 'Expected is or isNot in a filter, got neither');
  }
  const expression = compileRegExp(is === '' ? isNot : is, place);
  return (name) => expression.test(name) === (is !== '');
}

/** @throws BellowsError `ERR_ADAPTER_RULE` with RE2's words. */
export function compileRegExp(source: string, place: Place): GoRegExp {
  try {
    return new GoRegExp(source);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw ruleError(
      place,
      `Expected an RE2 expression, got ${JSON.stringify(source)}: ${words}`,
      error,
    );
  }
}
