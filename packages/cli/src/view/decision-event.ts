import type { SeenEvent } from './run-view.ts';

/**
 * Whether a decision says what the event says: so do all of an HPA's, except that its reconcile threw,
 * for then there is no decision.
 */
export function isToldByDecision({ about, event }: SeenEvent): boolean {
  return about.startsWith('hpa/') && event.reason !== 'FailedReconcile';
}
