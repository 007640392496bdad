import type { LabelSelector } from '@bellows/core';
import type { MetricSpec, MetricTarget } from '@bellows/hpa';
import fc from 'fast-check';
import { anyQuantity, positiveQuantity, type QuantityPlan } from './quantities.ts';

/** An entry of `spec.metrics`, and about what a reading has to be near for its target to be met. */
export interface MetricPlan {
  readonly spec: MetricSpec;
  /** Thousandths per pod, or of the whole for a Value target; for a utilisation the percentage of a request. */
  readonly target: TargetPlan;
}

/** A metric's target, taken apart. */
export type TargetPlan =
  | { readonly kind: 'utilization'; readonly percent: number }
  | { readonly kind: 'average' | 'total'; readonly milli: number };

const selector: fc.Arbitrary<LabelSelector | undefined> = fc.oneof(
  { weight: 40, arbitrary: fc.constant(undefined) },
  {
    weight: 10,
    arbitrary: fc.constantFrom<LabelSelector[]>(
      {},
      { matchLabels: { queue: 'orders' } },
      { matchLabels: { b: '2', a: '1' } },
      { matchExpressions: [{ key: 'tier', operator: 'In', values: ['b', 'a'] }] },
      { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }], matchLabels: { a: 'x' } },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<LabelSelector[]>(
      { matchExpressions: [{ key: 'tier', operator: 'In' }] },
      { matchExpressions: [{ key: 'tier', operator: 'Exists', values: ['x'] }] },
      { matchExpressions: [{ key: 'tier', operator: 'Near' as 'In' }] },
      { matchLabels: { 'not a key': '1' } },
      { matchLabels: { a: 'not a value' } },
    ),
  },
);
const metric = fc.record({
  name: fc.constantFrom('hits', 'queue-length', 'a_b.c'),
  selector,
});
// A quantity that is not positive is refused by the API server, but what the controller would do is known.
const quantity = fc.oneof(
  { weight: 40, arbitrary: positiveQuantity },
  { weight: 1, arbitrary: anyQuantity },
);
const percent = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 2 ** 31 - 1) },
);
const resource = fc.oneof(
  { weight: 8, arbitrary: fc.constant('cpu') },
  { weight: 3, arbitrary: fc.constant('memory') },
  { weight: 1, arbitrary: fc.constantFrom('ephemeral-storage', 'example.com/gpu') },
);
const resourceTarget = fc.oneof(
  percent.map((value) => ({
    target: { type: 'Utilization', averageUtilization: value } satisfies MetricTarget,
    plan: { kind: 'utilization', percent: value } satisfies TargetPlan,
  })),
  quantity.map(averageTarget),
);

/** A metric of any of the five sources. */
export const metricPlan: fc.Arbitrary<MetricPlan> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(resource, resourceTarget).map(resourceMetric) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(resource, resourceTarget, fc.constantFrom('app', 'proxy', 'other'))
      .map(containerMetric),
  },
  { weight: 2, arbitrary: fc.tuple(metric, quantity.map(averageTarget)).map(podsMetric) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(metric, fc.oneof(quantity.map(totalTarget), quantity.map(averageTarget)), fc.nat(20))
      .map(objectMetric),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(metric, fc.oneof(quantity.map(totalTarget), quantity.map(averageTarget)))
      .map(externalMetric),
  },
);

interface Target {
  readonly target: MetricTarget;
  readonly plan: TargetPlan;
}

/** The metric of a spec without any. */
export const DEFAULT_METRIC: MetricPlan = {
  spec: {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
  },
  target: { kind: 'utilization', percent: 80 },
};

function averageTarget({ text, milli }: QuantityPlan): Target {
  return {
    target: { type: 'AverageValue', averageValue: text },
    plan: { kind: 'average', milli },
  };
}

function totalTarget({ text, milli }: QuantityPlan): Target {
  return { target: { type: 'Value', value: text }, plan: { kind: 'total', milli } };
}

function resourceMetric([name, { target, plan }]: [string, Target]): MetricPlan {
  return { spec: { type: 'Resource', resource: { name, target } }, target: plan };
}

function containerMetric([name, { target, plan }, container]: [
  string,
  Target,
  string,
]): MetricPlan {
  const containerResource = { name, container, target };
  return { spec: { type: 'ContainerResource', containerResource }, target: plan };
}

interface Identifier {
  readonly name: string;
  readonly selector: LabelSelector | undefined;
}

function podsMetric([identifier, { target, plan }]: [Identifier, Target]): MetricPlan {
  return { spec: { type: 'Pods', pods: { metric: identify(identifier), target } }, target: plan };
}

function objectMetric([identifier, { target, plan }, choice]: [
  Identifier,
  Target,
  number,
]): MetricPlan {
  const describedObject =
    choice === 0
      ? { apiVersion: 'v1', kind: 'Namespace', name: 'shop' }
      : { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'front' };
  // The type decides for Object metrics; one that fits no value is not refused by the API server.
  const typed = choice === 1 ? { ...target, type: 'Utilization' as const } : target;
  const object = { describedObject, metric: identify(identifier), target: typed };
  return { spec: { type: 'Object', object }, target: plan };
}

function externalMetric([identifier, { target, plan }]: [Identifier, Target]): MetricPlan {
  const external = { metric: identify(identifier), target };
  return { spec: { type: 'External', external }, target: plan };
}

function identify({ name, selector: chosen }: Identifier): {
  name: string;
  selector?: LabelSelector;
} {
  return { name, ...(chosen && { selector: chosen }) };
}
