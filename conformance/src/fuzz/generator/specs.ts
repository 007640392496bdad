import type { HpaSpec, ScalingRules } from '@bellows/hpa';
import fc from 'fast-check';
import { DEFAULT_METRIC, metricPlan, type MetricPlan } from './metrics.ts';

/** A spec and the metrics it has once defaulted. */
export interface SpecPlan {
  readonly spec: HpaSpec;
  readonly metrics: readonly MetricPlan[];
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { freq: 2, nil: undefined });
/** Mostly what the API server lets through; now and then not. */
const mostly = <T>(valid: fc.Arbitrary<T>, invalid: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 60, arbitrary: valid }, { weight: 1, arbitrary: invalid });

const policy = fc.record({
  type: fc.constantFrom('Pods' as const, 'Percent' as const),
  value: mostly(
    fc.oneof(
      fc.constantFrom(1, 2, 4, 7, 8, 10, 14, 28, 29, 30, 50, 55, 56, 57, 58, 99, 100, 101, 200),
      fc.constantFrom(1000, 2 ** 31 - 1, 2 ** 30, 2 ** 31 - 100),
      fc.integer({ min: 1, max: 300 }),
    ),
    fc.constantFrom(0, -1),
  ),
  periodSeconds: mostly(
    fc.constantFrom(15, 1, 5, 14, 16, 30, 45, 60, 120, 1800),
    fc.constantFrom(0, -1, 1801),
  ),
});
const rules: fc.Arbitrary<ScalingRules> = fc
  .record({
    stabilizationWindowSeconds: maybe(
      mostly(fc.constantFrom(0, 1, 14, 15, 16, 30, 45, 60, 300, 3600), fc.constantFrom(-1, 3601)),
    ),
    selectPolicy: maybe(fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const)),
    policies: maybe(fc.array(policy, { minLength: 1, maxLength: 3 })),
    tolerance: maybe(
      mostly(
        fc.constantFrom('0', '0.1', '50m', '0.059', '1', '10', '1e-3', '1u', '0.15', '5e-2'),
        fc.constantFrom('-1', '-10m'),
      ),
    ),
  })
  .map(withoutUndefined);
const behavior = fc
  .record({ scaleUp: maybe(rules), scaleDown: maybe(rules) })
  .map(withoutUndefined);

const minReplicas = mostly(fc.constantFrom(0, 1, 1, 2, 3, 5, 10), fc.constantFrom(-1));

/** A spec as a user might write it. */
export const specPlan: fc.Arbitrary<SpecPlan> = fc
  .record({
    min: maybe(minReplicas),
    room: mostly(
      fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(90, 90, 990, 2 ** 31 - 11)),
      fc.constantFrom(-1, -3),
    ),
    metrics: fc.oneof(
      { weight: 10, arbitrary: fc.tuple(metricPlan) },
      {
        weight: 6,
        arbitrary: fc.array(metricPlan, { minLength: 2, maxLength: 5, size: 'medium' }),
      },
      { weight: 1, arbitrary: fc.constantFrom(undefined, [] as MetricPlan[]) },
    ),
    behavior: maybe(behavior),
    target: fc.oneof(
      { weight: 20, arbitrary: fc.constant({ apiVersion: 'apps/v1', kind: 'Deployment' }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          { apiVersion: 'apps/v1beta2', kind: 'StatefulSet' },
          { apiVersion: 'v1', kind: 'ReplicationController' },
          { apiVersion: 'apps/v1/x', kind: 'Deployment' },
        ),
      },
    ),
  })
  .map(({ min, room, metrics, behavior: chosen, target }) => ({
    spec: {
      scaleTargetRef: { ...target, name: 'web' },
      ...(min !== undefined && { minReplicas: min }),
      maxReplicas: Math.max(min ?? 1, 1) + room,
      ...(metrics !== undefined && { metrics: metrics.map(({ spec }) => spec) }),
      ...(chosen !== undefined && { behavior: chosen }),
    },
    metrics: metrics === undefined || metrics.length === 0 ? [DEFAULT_METRIC] : metrics,
  }));

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== undefined),
  ) as Defined<T>;
}
