import type { HpaSpec, ScalingPolicy, ScalingRules } from '../hpa-spec.ts';
import { required, unsupported, type HpaProblem } from './hpa-problem.ts';
import type { Loose } from './loose.ts';
import { validateInteger } from './validate-number.ts';
import { validateNonnegativeQuantity } from './validate-quantity.ts';

const MAX_PERIOD_SECONDS = 1800;
const MAX_STABILIZATION_WINDOW_SECONDS = 3600;
const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const POLICY_TYPES = ['Percent', 'Pods'];

/**
 * Checks `spec.behavior`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/validation/validation.go validateBehavior
 */
export function validateBehavior(
  field: string,
  behavior: Loose<NonNullable<HpaSpec['behavior']>>,
): readonly HpaProblem[] {
  return [
    ...validateRules(`${field}.scaleUp`, behavior.scaleUp),
    ...validateRules(`${field}.scaleDown`, behavior.scaleDown),
  ];
}

function validateRules(
  field: string,
  rules: Loose<ScalingRules> | null | undefined,
): readonly HpaProblem[] {
  if (rules === undefined || rules === null) return [];
  const { selectPolicy } = rules;
  const policies = rules.policies ?? [];
  const problems = [...validateWindow(field, rules.stabilizationWindowSeconds)];
  if (
    selectPolicy !== undefined &&
    selectPolicy !== null &&
    !SELECT_POLICIES.includes(selectPolicy)
  ) {
    problems.push(unsupported(`${field}.selectPolicy`, selectPolicy, SELECT_POLICIES));
  }
  if (policies.length === 0) {
    problems.push(required(`${field}.policies`, 'must specify at least one Policy'));
  }
  for (const [index, policy] of policies.entries()) {
    problems.push(...validatePolicy(`${field}.policies[${index}]`, policy));
  }
  problems.push(...validateNonnegativeQuantity(`${field}.tolerance`, rules.tolerance));
  return problems;
}

function validateWindow(field: string, windowSeconds: unknown): readonly HpaProblem[] {
  return validateInteger(`${field}.stabilizationWindowSeconds`, windowSeconds, [
    { isBroken: (value) => value < 0, detail: 'must be greater than or equal to zero' },
    {
      isBroken: (value) => value > MAX_STABILIZATION_WINDOW_SECONDS,
      detail: `must be less than or equal to ${MAX_STABILIZATION_WINDOW_SECONDS}`,
    },
  ]);
}

function validatePolicy(field: string, policy: Loose<ScalingPolicy>): readonly HpaProblem[] {
  const { type = '' } = policy;
  const isPositive = {
    isBroken: (value: number) => value <= 0,
    detail: 'must be greater than zero',
  };
  const isShort = {
    isBroken: (value: number) => value > MAX_PERIOD_SECONDS,
    detail: `must be less than or equal to ${MAX_PERIOD_SECONDS}`,
  };
  return [
    ...(type === 'Pods' || type === 'Percent'
      ? []
      : [unsupported(`${field}.type`, type ?? '', POLICY_TYPES)]),
    ...validateInteger(`${field}.value`, policy.value ?? 0, [isPositive]),
    ...validateInteger(`${field}.periodSeconds`, policy.periodSeconds ?? 0, [isPositive, isShort]),
  ];
}
