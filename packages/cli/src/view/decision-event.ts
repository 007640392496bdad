import type { SeenEvent } from './run-view.ts';

/** Reasons of the HPA controller whose words are in the decision of the same moment. */
const DECISION_REASONS = /^(FailedGet|FailedCompute|SuccessfulRescale$)/;

/**
 * Whether a decision says what the event says. None tells why a metric is missing in the pods, nor that a
 * reconcile threw.
 */
export function isToldByDecision({ about, event }: SeenEvent): boolean {
  return about.startsWith('hpa/') && DECISION_REASONS.test(event.reason);
}
