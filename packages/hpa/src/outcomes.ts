import type { Decision, Proposal } from './decision.ts';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';
import type { MetricStatus } from './hpa-status.ts';
import { reconcileDecision } from './reconcile-decision.ts';
import type { Reconcile } from './reconcile.ts';
import { planRescale, type PlannedRescale } from './scale-write.ts';

/** What a trace says besides the spec's range and the final count. */
export type PartialTrace = Pick<DecisionTrace, 'path' | 'currentReplicas'> & Partial<DecisionTrace>;

/** What a decision has from its metrics. */
interface MetricPart {
  readonly proposal?: Proposal | null;
  /** The reconcile's error in spite of a result: some metrics failed. */
  readonly error?: string | null;
  /** Makes the trace; only called when somebody asks for it. */
  readonly trace: () => PartialTrace;
}

/** Ends a reconcile that could not decide. */
export function stop(
  reconcile: Reconcile,
  outcome: {
    readonly state: HpaState;
    readonly error: string;
    readonly trace: () => PartialTrace;
  },
): Decision {
  const { state, error, trace } = outcome;
  return reconcileDecision({
    state,
    events: reconcile.events,
    error,
    trace: () => complete(reconcile, trace(), null),
  });
}

/** Ends a reconcile that leaves the count as it is. */
export function hold(
  reconcile: Reconcile,
  outcome: MetricPart & {
    readonly replicas: number;
    readonly currentMetrics: readonly MetricStatus[] | null;
  },
): Decision {
  const { replicas, currentMetrics, error = null, proposal = null, trace } = outcome;
  return reconcileDecision({
    state: reconcile.state({
      currentReplicas: replicas,
      desiredReplicas: replicas,
      currentMetrics,
    }),
    events: reconcile.events,
    error,
    proposal,
    trace: () => complete(reconcile, trace(), replicas),
  });
}

/** Ends a reconcile that changes the count. */
export function rescale(
  reconcile: Reconcile,
  plan: PlannedRescale,
  { proposal = null, error = null, trace }: MetricPart,
): Decision {
  const { written, unwritten } = planRescale(reconcile, plan);
  return reconcileDecision({
    state: written,
    events: reconcile.events,
    error,
    proposal,
    scaleWrite: plan.to,
    unwritten,
    trace: () => complete(reconcile, trace(), plan.to),
  });
}

function complete(
  { autoscaler }: Reconcile,
  trace: PartialTrace,
  desiredReplicas: number | null,
): DecisionTrace {
  const { minReplicas = 1, maxReplicas } = autoscaler.spec;
  return { minReplicas, maxReplicas, metrics: [], selected: null, ...trace, desiredReplicas };
}
