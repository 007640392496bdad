import { BellowsError, type ErrorCode } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import type { MetricTarget, ScalingRules } from './hpa-spec.ts';
import { isInt32 } from './int32.ts';
import type { HpaObservation, ScaleValue } from './observation.ts';

/**
 * Refuses input that the API server would not let through, where the controller's arithmetic has no meaning.
 *
 * @throws {@link BellowsError} `ERR_HPA_SPEC` for a spec that is not defaulted or holds a number that is no
 * int32; `ERR_HPA_OBSERVATION` for the same of an observation, or another number of readings than metrics.
 */
export function checkInput({ spec }: Autoscaler, observation: HpaObservation, nowMs: number): void {
  expectInt32('ERR_HPA_SPEC', 'spec.maxReplicas', spec.maxReplicas);
  if (spec.minReplicas !== undefined) {
    expectInt32('ERR_HPA_SPEC', 'spec.minReplicas', spec.minReplicas);
  }
  checkRules('scaleUp', spec.behavior?.scaleUp);
  checkRules('scaleDown', spec.behavior?.scaleDown);
  checkMetrics(spec.metrics, observation);
  if (!('error' in observation.scale)) checkScale(observation.scale);
  if (!Number.isFinite(nowMs)) {
    throw mismatch('ERR_HPA_OBSERVATION', 'nowMs', 'a finite number of milliseconds', nowMs);
  }
}

function checkMetrics(metrics: Autoscaler['spec']['metrics'], observation: HpaObservation): void {
  if (metrics === undefined || metrics.length === 0) {
    throw mismatch('ERR_HPA_SPEC', 'spec.metrics', 'at least one metric', 'none');
  }
  for (let index = 0; index < metrics.length; index += 1) {
    checkUtilization(index, metrics[index]?.resource?.target);
    checkUtilization(index, metrics[index]?.containerResource?.target);
  }
  if (!('error' in observation.scale) && observation.metrics.length !== metrics.length) {
    const expected = `one reading for each of ${metrics.length} metrics`;
    throw mismatch('ERR_HPA_OBSERVATION', 'metrics', expected, observation.metrics.length);
  }
}

function checkUtilization(index: number, target: MetricTarget | undefined): void {
  const percent = target?.averageUtilization;
  if (percent === undefined || isInt32(percent)) return;
  const field = `spec.metrics[${index}].target.averageUtilization`;
  throw mismatch('ERR_HPA_SPEC', field, 'a 32-bit integer', percent);
}

function checkScale({ specReplicas, statusReplicas }: ScaleValue): void {
  expectInt32('ERR_HPA_OBSERVATION', 'scale.specReplicas', specReplicas);
  expectInt32('ERR_HPA_OBSERVATION', 'scale.statusReplicas', statusReplicas);
}

function checkRules(direction: 'scaleUp' | 'scaleDown', rules: ScalingRules | undefined): void {
  if (rules === undefined) return;
  const { stabilizationWindowSeconds: windowSeconds, policies = [] } = rules;
  if (windowSeconds !== undefined && !isInt32(windowSeconds)) {
    throw notInt32(direction, 'stabilizationWindowSeconds', windowSeconds);
  }
  for (const { value, periodSeconds } of policies) {
    if (!isInt32(value)) throw notInt32(direction, 'policies.value', value);
    if (!isInt32(periodSeconds)) throw notInt32(direction, 'policies.periodSeconds', periodSeconds);
  }
}

function notInt32(direction: string, field: string, got: unknown): BellowsError {
  const path = `spec.behavior.${direction}.${field}`;
  return mismatch('ERR_HPA_SPEC', path, 'a 32-bit integer', got);
}

function expectInt32(code: ErrorCode, field: string, value: unknown): void {
  if (!isInt32(value)) throw mismatch(code, field, 'a 32-bit integer', value);
}

function mismatch(code: ErrorCode, field: string, expected: string, got: unknown): BellowsError {
  const remedy =
    code === 'ERR_HPA_SPEC'
      ? 'Default the spec with defaultHpaSpec and check it with validateHpaSpec first.'
      : 'Build the observation for the defaulted spec.';
  return new BellowsError(code, `Expected ${field} to be ${expected}, got ${String(got)}`, {
    place: { field },
    remedy,
  });
}
