import { BellowsError } from '@bellows/core';
import {
  failedUpdateScale,
  NOT_SCALED_TO_ZERO,
  SCALED_TO_ZERO,
  succeededRescale,
} from './condition-messages.ts';
import { setCondition } from './conditions.ts';
import type { Decision, UnwrittenOutcome } from './decision.ts';
import type { MetricStatus } from './hpa-status.ts';
import type { HpaState } from './hpa-state.ts';
import { reconcileDecision } from './reconcile-decision.ts';
import type { Reconcile } from './reconcile.ts';
import { rememberScaleEvent } from './scale-events.ts';
import { wholeSeconds } from './whole-seconds.ts';
import { hasObjectOrExternalMetric } from './zero-replicas.ts';

/** A change of replicas that a reconcile decided on. */
export interface PlannedRescale {
  readonly from: number;
  readonly to: number;
  readonly minReplicas: number;
  /** As in `New size: 4; reason: …`; can be empty. */
  readonly reason: string;
  readonly currentMetrics: readonly MetricStatus[] | null;
}

/** Both outcomes of writing a scale. */
export interface RescaleOutcomes {
  /** If it succeeds. */
  readonly written: HpaState;
  /** If it fails. */
  readonly unwritten: UnwrittenOutcome;
}

/**
 * Works out both outcomes of writing a scale; `reconcile` is left as after a success.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler
 */
export function planRescale(reconcile: Reconcile, plan: PlannedRescale): RescaleOutcomes {
  const { from, to, reason, currentMetrics } = plan;
  const { nowMs, target } = reconcile;
  const unwritten = {
    state: reconcile.state({ currentReplicas: from, currentMetrics }),
    events: reconcile.events,
    replicas: to,
    reason,
    target,
    nowMs,
  };
  reconcile.set(succeededRescale(to));
  reconcile.report('SuccessfulRescale', `New size: ${to}; reason: ${reason}`);
  const { behavior } = reconcile.autoscaler.spec;
  reconcile.memory = rememberScaleEvent(reconcile.memory, behavior, { from, to, atMs: nowMs });
  recordScaledToZero(reconcile, plan);
  const written = reconcile.state({
    currentReplicas: from,
    desiredReplicas: to,
    lastScaleTimeMs: wholeSeconds(nowMs),
    currentMetrics,
  });
  return { written, unwritten };
}

function recordScaledToZero(reconcile: Reconcile, { from, to, minReplicas }: PlannedRescale): void {
  if (!reconcile.profile.featureGates.HPAScaleToZero) {
    reconcile.remove('ScaledToZero');
    return;
  }
  const isToZero = from > 0 && to === 0 && minReplicas === 0;
  const isByHpa = isToZero && hasObjectOrExternalMetric(reconcile.autoscaler.spec);
  reconcile.set(isByHpa ? SCALED_TO_ZERO : NOT_SCALED_TO_ZERO);
}

/**
 * Turns a decision into what holds if its scale write failed: the old `desiredReplicas` and last scale time,
 * a condition, an event and an error that say so, and no memory of a change that did not happen. The
 * recommendation that was recorded stays.
 *
 * @param message - The write's error, as the API server words it.
 * @throws BellowsError `ERR_CORE_ARGUMENT` for a decision that writes nothing.
 */
export function failScaleWrite(decision: Decision, message: string): Decision {
  const { unwritten } = decision;
  if (unwritten === null) {
    throw new BellowsError(
      'ERR_CORE_ARGUMENT',
      'Expected a decision that writes the scale, got one whose scaleWrite is null',
    );
  }
  const { state, events, replicas, reason, target, nowMs } = unwritten;
  const conditions = setCondition(state.status.conditions, failedUpdateScale(message), nowMs);
  const status = { ...state.status, conditions };
  const text = `New size: ${replicas}; reason: ${reason}; error: ${message}`;
  return reconcileDecision({
    state: { status, memory: state.memory },
    events: [...events, { type: 'Warning', reason: 'FailedRescale', message: text }],
    error: `failed to rescale ${target}: ${message}`,
    proposal: decision.proposal,
    scaleWrite: decision.scaleWrite,
    trace: () => ({ ...decision.trace(), writeError: message }),
  });
}
