import type { Decision, Proposal } from './decision.ts';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';
import type { MetricStatus } from './hpa-status.ts';
import type { Reconcile } from './reconcile.ts';
import { planRescale, type PlannedRescale } from './scale-write.ts';

/** What a trace says besides the spec's range and the final count. */
export type PartialTrace = Pick<DecisionTrace, 'path' | 'currentReplicas'> & Partial<DecisionTrace>;

/** What a decision has from its metrics. */
interface MetricPart {
  readonly proposal?: Proposal | null;
  /** The reconcile's error in spite of a result: some metrics failed. */
  readonly error?: string | null;
  readonly trace: PartialTrace;
}

/** Ends a reconcile that could not decide. */
export function stop(
  reconcile: Reconcile,
  outcome: {
    readonly state: HpaState;
    readonly error: string;
    readonly trace: PartialTrace;
  },
): Decision {
  return finish(reconcile, outcome, { ...outcome, desiredReplicas: null });
}

/** Ends a reconcile that leaves the count as it is. */
export function hold(
  reconcile: Reconcile,
  outcome: MetricPart & {
    readonly replicas: number;
    readonly currentMetrics: readonly MetricStatus[] | null;
  },
): Decision {
  const { replicas, currentMetrics } = outcome;
  const state = reconcile.state({
    currentReplicas: replicas,
    desiredReplicas: replicas,
    currentMetrics,
  });
  return finish(reconcile, outcome, { state, desiredReplicas: replicas });
}

/** Ends a reconcile that changes the count. */
export function rescale(reconcile: Reconcile, outcome: MetricPart & PlannedRescale): Decision {
  const { written, unwritten } = planRescale(reconcile, outcome);
  return {
    ...finish(reconcile, outcome, { state: written, desiredReplicas: outcome.to }),
    scaleWrite: outcome.to,
    unwritten,
  };
}

function finish(
  reconcile: Reconcile,
  { proposal = null, error = null, trace }: MetricPart,
  { state, desiredReplicas }: { state: HpaState; desiredReplicas: number | null },
): Decision {
  const { minReplicas = 1, maxReplicas } = reconcile.autoscaler.spec;
  return {
    state,
    scaleWrite: null,
    status: state.status,
    conditions: state.status.conditions,
    events: reconcile.events,
    error,
    proposal,
    trace: { minReplicas, maxReplicas, metrics: [], selected: null, ...trace, desiredReplicas },
    unwritten: null,
  };
}
