import { END_MARGIN_MS } from '../drain/drain-times.ts';
import type { NormalizedOptions } from '../options/normalize-options.ts';

/**
 * Compares what a drain may take with what Kubernetes gives it: the grace period runs from the pod's deletion, and
 * `preStop` is part of it.
 * @returns what is wrong and what to change; undefined when it fits.
 * @see kubernetes/website content/en/docs/concepts/workloads/pods/pod-lifecycle.md, Pod termination flow
 */
export function graceProblem(
  { preStopSeconds, terminationGracePeriodSeconds }: NormalizedOptions,
  drainBudgetMs: number,
): string | undefined {
  const neededSeconds = preStopSeconds + (drainBudgetMs + END_MARGIN_MS) / 1000;
  if (neededSeconds <= terminationGracePeriodSeconds) return undefined;
  return (
    `a drain may take ${neededSeconds.toFixed(1)} s with preStop and closers, but ` +
    `terminationGracePeriodSeconds is ${terminationGracePeriodSeconds}: SIGKILL would come before its end. ` +
    `Raise it in the pod (and say so with BELLOWS_TERMINATION_GRACE_PERIOD_SECONDS), or lower ` +
    `inFlightTimeoutSeconds or drainDelayMaxSeconds`
  );
}
