import type { HpaSpec } from '../hpa-spec.ts';
import { isInt32 } from '../int32.ts';
import { PROFILE_1_37, type Profile } from '../profile.ts';
import { forbidden, invalid, required, type HpaProblem } from './hpa-problem.ts';
import type { Loose } from './loose.ts';
import { validateBehavior } from './validate-behavior.ts';
import { validateMetric } from './validate-metric.ts';
import { validateInteger } from './validate-number.ts';
import { validateReference } from './validate-reference.ts';

/** Options of {@link validateHpaSpec}. */
export interface ValidateHpaSpecOptions {
  /** Rules of which Kubernetes. @defaultValue `PROFILE_1_37` */
  readonly profile?: Profile;
}

/**
 * Finds everything that the API server would refuse to create an HPA with this spec for, in its order and
 * words. Each problem is named once, also where the API server repeats itself.
 *
 * @param spec - Defaulted by `defaultHpaSpec`. Absent and null fields count as Kubernetes' zero values.
 * @returns Empty if the spec is valid.
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/validation/validation.go
 */
export function validateHpaSpec(
  spec: Loose<HpaSpec>,
  options: ValidateHpaSpecOptions = {},
): readonly HpaProblem[] {
  const { profile = PROFILE_1_37 } = options;
  const target = spec.scaleTargetRef ?? {};
  // The only scalable kind of the core group, whose apiVersion is just `v1`.
  const allowCoreGroup = target.kind === 'ReplicationController';
  return withoutRepetition([
    ...validateRange(spec, profile),
    ...validateReference('spec.scaleTargetRef', target, allowCoreGroup),
    ...validateMetrics(spec),
    ...(spec.behavior ? validateBehavior('spec.behavior', spec.behavior) : []),
  ]);
}

function validateRange(
  { minReplicas, maxReplicas }: Loose<HpaSpec>,
  profile: Profile,
): readonly HpaProblem[] {
  const lowest = profile.featureGates.HPAScaleToZero ? 0 : 1;
  const field = 'spec.maxReplicas';
  const problems = [
    ...validateInteger('spec.minReplicas', minReplicas, [
      {
        isBroken: (value) => value < lowest,
        detail: `must be greater than or equal to ${lowest}`,
      },
    ]),
  ];
  const max = maxReplicas ?? 0;
  if (max === 0) problems.push(required(field, 'must be set and greater than 0'));
  problems.push(
    ...validateInteger(field, max, [
      { isBroken: (value) => value < 0, detail: 'must be greater than or equal to 1' },
    ]),
  );
  if (isInt32(max) && isInt32(minReplicas) && max < minReplicas) {
    problems.push(invalid(field, max, 'must be greater than or equal to `minReplicas`'));
  }
  return problems;
}

function validateMetrics(spec: Loose<HpaSpec>): readonly HpaProblem[] {
  const field = 'spec.metrics';
  const metrics = spec.metrics ?? [];
  const problems = metrics.flatMap((metric, index) => validateMetric(`${field}[${index}]`, metric));
  const canWakeUp = metrics.some(({ type }) => type === 'Object' || type === 'External');
  if (spec.minReplicas === 0 && !canWakeUp) {
    const detail =
      'must specify at least one Object or External metric to support scaling to zero replicas';
    problems.push(forbidden(field, detail));
  }
  return problems;
}

function withoutRepetition(problems: readonly HpaProblem[]): readonly HpaProblem[] {
  const byText = new Map(
    problems.map((problem) => [`${problem.field} ${problem.message}`, problem]),
  );
  return [...byText.values()];
}
