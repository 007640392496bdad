import { BellowsError, type Place } from '@bellows/core';

/** What makes a rule unusable. */
export function ruleError(place: Place, problem: string, cause?: unknown): BellowsError {
  const inner = BellowsError.is(cause) ? cause.remedy : undefined;
  return new BellowsError('ERR_ADAPTER_RULE', problem, {
    place,
    remedy: inner ?? 'Mend the rule; the others are served meanwhile.',
    cause,
  });
}
