import type { Autoscaler } from './autoscaler.ts';
import { apiVersionProblem } from './api-version.ts';
import { checkInput } from './check-input.ts';
import { checkState } from './check-state.ts';
import { failedGetScale, SCALING_DISABLED, SUCCEEDED_GET_SCALE } from './condition-messages.ts';
import type { Decision } from './decision.ts';
import type { HpaState } from './hpa-state.ts';
import type { HpaObservation, ScaleValue } from './observation.ts';
import { PROFILE_1_37 } from './profile.ts';
import { decideFromMetrics } from './metric-decision.ts';
import { hold, rescale, stop } from './outcomes.ts';
import { Reconcile } from './reconcile.ts';
import { canScaleFromZero, wasScaledToZero } from './zero-replicas.ts';

/**
 * Decides as the HorizontalPodAutoscaler controller does in one reconcile. Pure: the same input gives the
 * same decision, and no input is changed.
 *
 * @param autoscaler - With a spec from `defaultHpaSpec` that `validateHpaSpec` finds nothing in.
 * @param state - `createHpaState()` for a new HPA, then the last decision's `state`.
 * @param nowMs - Time of the reconcile, in milliseconds since the epoch. It may run backwards.
 * @returns The decision as if its scale write succeeds; see `failScaleWrite` for when it does not.
 * @throws BellowsError `ERR_HPA_SPEC`, `ERR_HPA_OBSERVATION` or `ERR_HPA_STATE` for input that the API server would
 * not let through to the controller.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler
 */
export function decide(
  autoscaler: Autoscaler,
  observation: HpaObservation,
  state: HpaState,
  nowMs: number,
): Decision {
  checkInput(autoscaler, observation, nowMs);
  checkState(state);
  const profile = autoscaler.profile ?? PROFILE_1_37;
  const reconcile = new Reconcile(autoscaler, profile, state, nowMs);
  const { scale } = observation;
  const versionProblem = apiVersionProblem(autoscaler.spec.scaleTargetRef.apiVersion ?? '');
  if (versionProblem !== undefined) {
    const error = `invalid API version in scale target reference: ${versionProblem}`;
    return scaleUnreadable(reconcile, versionProblem, error);
  }
  if ('error' in scale) {
    const error = `failed to query scale subresource for ${reconcile.target}: ${scale.error}`;
    return scaleUnreadable(reconcile, scale.error, error);
  }
  reconcile.set(SUCCEEDED_GET_SCALE);
  rememberFirstCount(reconcile, scale.specReplicas);
  return decideForScale(reconcile, scale, observation);
}

function scaleUnreadable(reconcile: Reconcile, cause: string, error: string): Decision {
  reconcile.warn('FailedGetScale', cause);
  reconcile.set(failedGetScale(cause));
  return stop(reconcile, {
    state: reconcile.stateWithConditions(),
    error,
    trace: () => ({ path: 'scaleUnreadable', currentReplicas: null }),
  });
}

/** A controller that meets an HPA takes the count it finds for its first recommendation. */
function rememberFirstCount(reconcile: Reconcile, replicas: number): void {
  if (reconcile.memory.recommendations !== null) return;
  const recommendations = [{ atMs: reconcile.nowMs, replicas }];
  const { scaleUpEvents, scaleDownEvents } = reconcile.memory;
  reconcile.memory = { recommendations, scaleUpEvents, scaleDownEvents };
}

function decideForScale(
  reconcile: Reconcile,
  scale: ScaleValue,
  observation: HpaObservation,
): Decision {
  const { spec } = reconcile.autoscaler;
  const { maxReplicas, minReplicas = 1 } = spec;
  const current = scale.specReplicas;
  const isScaledToZero = wasScaledToZero(reconcile.conditions, reconcile.profile);
  if (current === 0) {
    return canScaleFromZero(spec, minReplicas, isScaledToZero)
      ? decideFromMetrics(reconcile, { scale, observation, minReplicas, isScaledToZero })
      : disabledAtZero(reconcile);
  }
  // Out of range nothing else counts: no policy, no window, no metric.
  const isAbove = current > maxReplicas;
  if (isAbove || current < minReplicas) {
    const plan = {
      from: current,
      to: isAbove ? maxReplicas : minReplicas,
      minReplicas,
      reason: isAbove
        ? 'Current number of replicas above Spec.MaxReplicas'
        : 'Current number of replicas below Spec.MinReplicas',
      currentMetrics: null,
    };
    const path = isAbove ? 'aboveMax' : 'belowMin';
    return rescale(reconcile, plan, { trace: () => ({ path, currentReplicas: current }) });
  }
  return decideFromMetrics(reconcile, { scale, observation, minReplicas, isScaledToZero });
}

function disabledAtZero(reconcile: Reconcile): Decision {
  reconcile.set(SCALING_DISABLED);
  if (!reconcile.profile.featureGates.HPAScaleToZero) reconcile.remove('ScaledToZero');
  return hold(reconcile, {
    replicas: 0,
    currentMetrics: null,
    trace: () => ({ path: 'disabledAtZero', currentReplicas: 0 }),
  });
}
