import type { MetricTarget } from '../hpa-spec.ts';
import { forbidden, invalid, required, type HpaProblem } from './hpa-problem.ts';
import type { Loose } from './loose.ts';
import { validateInteger } from './validate-number.ts';
import { validatePositiveQuantity } from './validate-quantity.ts';

const TARGET_TYPES: readonly unknown[] = ['Utilization', 'Value', 'AverageValue'];

/**
 * Checks a target's values each by itself; that its type fits is not asked.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/validation/validation.go validateMetricTarget
 */
export function validateMetricTarget(
  field: string,
  target: Loose<MetricTarget>,
): readonly HpaProblem[] {
  const type: unknown = target.type ?? '';
  return [
    ...(type === '' ? [required(`${field}.type`, 'must specify a metric target type')] : []),
    ...(TARGET_TYPES.includes(type)
      ? []
      : [invalid(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue')]),
    ...validatePositiveQuantity(`${field}.value`, target.value),
    ...validatePositiveQuantity(`${field}.averageValue`, target.averageValue),
    ...validateInteger(`${field}.averageUtilization`, target.averageUtilization, [
      { isBroken: (percent) => percent < 1, detail: 'must be greater than 0' },
    ]),
  ];
}

/** Checks that a resource's target names a percentage or an amount, and not both. */
export function validateResourceTarget(
  field: string,
  target: Loose<MetricTarget>,
): readonly HpaProblem[] {
  const { averageUtilization, averageValue } = target;
  const problems = [...validateMetricTarget(field, target)];
  if (isAbsent(averageUtilization) && isAbsent(averageValue)) {
    const detail = 'must set either a target raw value or a target utilization';
    problems.push(required(`${field}.averageUtilization`, detail));
  }
  if (!isAbsent(averageUtilization) && !isAbsent(averageValue)) {
    const detail = 'may not set both a target raw value and a target utilization';
    problems.push(forbidden(`${field}.averageValue`, detail));
  }
  return problems;
}

/** Checks that an External metric's target names a total or an amount per pod, and not both. */
export function validateExternalTarget(
  field: string,
  target: Loose<MetricTarget>,
): readonly HpaProblem[] {
  const { value, averageValue } = target;
  const problems = [...validateMetricTarget(field, target)];
  if (isAbsent(value) && isAbsent(averageValue)) {
    const detail = 'must set either a target value for metric or a per-pod target';
    problems.push(required(`${field}.averageValue`, detail));
  }
  if (!isAbsent(value) && !isAbsent(averageValue)) {
    const detail = 'may not set both a target value for metric and a per-pod target';
    problems.push(forbidden(`${field}.value`, detail));
  }
  return problems;
}

/** Checks that an Object metric's target names a total or an amount per pod; both may be there. */
export function validateObjectTarget(
  field: string,
  target: Loose<MetricTarget>,
): readonly HpaProblem[] {
  const isEmpty = isAbsent(target.value) && isAbsent(target.averageValue);
  const detail = 'must set either a target value or averageValue';
  return [
    ...validateMetricTarget(field, target),
    ...(isEmpty ? [required(`${field}.averageValue`, detail)] : []),
  ];
}

/** Checks that a Pods metric's target names an amount per pod. */
export function validatePodsTarget(
  field: string,
  target: Loose<MetricTarget>,
): readonly HpaProblem[] {
  return [
    ...validateMetricTarget(field, target),
    ...(isAbsent(target.averageValue)
      ? [required(`${field}.averageValue`, 'must specify a positive target averageValue')]
      : []),
  ];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
