import fc from 'fast-check';
import {
  PROFILE_1_37,
  type Autoscaler,
  type HpaObservation,
  type HpaState,
  type Profile,
} from '@bellows/hpa';

/** Any text but what the tests take for a value that is absent from a sentence, such as `{asks}` or `NaN`. */
const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ maxLength }).map((text) => text.replaceAll(/[{}]|NaN|undefined|\[object/g, '_'));

/*
 * Values of the right shape with anything in them: what a caller could build from a manifest, a metrics API
 * and a clock that all went wrong.
 */

const anyNumber = fc.oneof(
  fc.integer({ min: -3, max: 50 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -0, 0.5, 2_147_483_647, -2_147_483_648, 2_147_483_648),
);
const int32 = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 30 }), weight: 8 },
  { arbitrary: fc.integer(), weight: 2 },
  { arbitrary: anyNumber, weight: 1 },
);
const quantity = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 5000 }).map((milli) => `${milli}m`), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      '0',
      '-1',
      '1n',
      '100u',
      '1e18',
      '12E',
      '9223372036854775807',
      '1.5Gi',
    ),
    weight: 3,
  },
  { arbitrary: anyText(12), weight: 1 },
);
const name = fc.oneof(
  { arbitrary: fc.constantFrom('shop-0', 'shop-1', 'app', 'cpu', 'memory'), weight: 8 },
  { arbitrary: fc.constantFrom('', '__proto__', 'constructor', '../x'), weight: 1 },
  { arbitrary: anyText(8), weight: 1 },
);
const timeMs = fc.oneof(fc.integer({ min: 1_699_999_000_000, max: 1_700_000_000_000 }), anyNumber);
const quantities = fc.dictionary(fc.constantFrom('cpu', 'memory', 'hugepages-2Mi'), quantity);
const labelSelector = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom('app', 'a b'), fc.constantFrom('shop', '!!')),
    matchExpressions: fc.array(
      fc.record({
        key: name,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Near' as 'In'),
        values: fc.array(name, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const metric = fc.oneof(fc.record({ name }), fc.record({ name, selector: labelSelector }));
const target = fc.record(
  {
    type: fc.constantFrom('Utilization', 'Value', 'AverageValue'),
    value: quantity,
    averageValue: quantity,
    averageUtilization: int32,
  },
  { requiredKeys: ['type'] },
);
const reference = fc.record(
  { kind: name, name, apiVersion: fc.constantFrom('apps/v1', 'v1', '', 'a/b/c') },
  { requiredKeys: ['kind', 'name'] },
);
const metricSpec = fc.record(
  {
    type: fc.constantFrom(
      'Resource',
      'ContainerResource',
      'Pods',
      'Object',
      'External',
      'Weather' as 'Pods',
    ),
    resource: fc.record({ name, target }),
    containerResource: fc.record({ name, container: name, target }),
    pods: fc.record({ metric, target }),
    object: fc.record({ describedObject: reference, metric, target }),
    external: fc.record({ metric, target }),
  },
  { requiredKeys: ['type'] },
);
const rules = fc.record(
  {
    stabilizationWindowSeconds: int32,
    selectPolicy: fc.constantFrom('Max', 'Min', 'Disabled'),
    policies: fc.array(
      fc.record({ type: fc.constantFrom('Pods', 'Percent'), value: int32, periodSeconds: int32 }),
      { maxLength: 3 },
    ),
    tolerance: quantity,
  },
  { requiredKeys: [] },
);

/** Any spec of the right shape. */
export const anySpec = fc.record(
  {
    scaleTargetRef: reference,
    minReplicas: int32,
    maxReplicas: int32,
    metrics: fc.array(metricSpec, { maxLength: 4 }),
    behavior: fc.record({ scaleUp: rules, scaleDown: rules }, { requiredKeys: [] }),
  },
  { requiredKeys: ['scaleTargetRef', 'maxReplicas'] },
);

/** Any autoscaler; its spec is as written, not defaulted. */
export const anyAutoscaler: fc.Arbitrary<Autoscaler> = fc.record(
  { namespace: name, name, spec: anySpec, generation: int32 },
  { requiredKeys: ['namespace', 'name', 'spec'] },
);

const container = fc.record(
  { name, requests: quantities, restartPolicy: fc.constant('Always' as const) },
  { requiredKeys: ['name'] },
);
const pod = fc.record(
  {
    name,
    labels: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('shop', 'web')),
    phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
    ready: fc.constantFrom('True', 'False', 'Unknown', null),
    readyTransitionAtMs: timeMs,
    startedAtMs: fc.option(timeMs),
    deletedAtMs: timeMs,
    containers: fc.array(container, { maxLength: 2 }),
    initContainers: fc.array(container, { maxLength: 2 }),
    podRequests: quantities,
    overhead: quantities,
  },
  { requiredKeys: ['name', 'phase', 'ready', 'startedAtMs', 'containers'] },
);
const usage = fc.record({
  pod: name,
  atMs: timeMs,
  windowMs: anyNumber,
  containers: fc.array(fc.record({ name, usage: quantity }, { requiredKeys: ['name'] }), {
    maxLength: 2,
  }),
});
const podValue = fc.record(
  { pod: name, value: quantity, atMs: timeMs, windowMs: anyNumber },
  { requiredKeys: ['pod', 'value', 'atMs'] },
);
const readingByType = {
  resource: fc.record({
    kind: fc.constant('resource' as const),
    pods: fc.array(usage, { maxLength: 4 }),
  }),
  pods: fc.record({
    kind: fc.constant('pods' as const),
    values: fc.array(podValue, { maxLength: 4 }),
  }),
  object: fc.record({ kind: fc.constant('object' as const), value: quantity }),
  external: fc.record({
    kind: fc.constant('external' as const),
    series: fc.array(quantity, { maxLength: 4 }),
  }),
};
const failedReading = fc.record({ kind: fc.constant('failed' as const), error: anyText(20) });
const anyReading = fc.oneof(failedReading, ...Object.values(readingByType));

/** A reading that mostly fits the metric's type. */
function readingFor(type: string): fc.Arbitrary<HpaObservation['metrics'][number]> {
  const key = type === 'ContainerResource' ? 'resource' : type.toLowerCase();
  const fitting = Object.entries(readingByType).find(([kind]) => kind === key)?.[1] ?? anyReading;
  return fc.oneof(
    { arbitrary: fitting, weight: 12 },
    { arbitrary: failedReading, weight: 2 },
    { arbitrary: anyReading, weight: 1 },
  );
}

/** Any observation, with a reading for each of the spec's metrics. */
export function anyObservationOf(spec: Autoscaler['spec']): fc.Arbitrary<HpaObservation> {
  const selector = fc.constantFrom('app=shop', 'app=shop', 'app=shop', '', '!!', 'tier in (web)');
  const scale = fc.record({ specReplicas: int32, statusReplicas: int32, selector });
  return fc.record(
    {
      scale: fc.oneof(
        { arbitrary: scale, weight: 12 },
        { arbitrary: fc.record({ error: anyText(20) }), weight: 1 },
      ),
      pods: fc.array(pod, { maxLength: 5 }),
      metrics: fc.tuple(...(spec.metrics ?? []).map(({ type }) => readingFor(type))),
      otherAutoscalers: fc.array(fc.record({ name, selector }), { maxLength: 2 }),
    },
    { requiredKeys: ['scale', 'pods', 'metrics'] },
  );
}

const event = fc.record({ atMs: timeMs, replicaChange: int32, outdated: fc.boolean() });

/** Any state, also one that another spec left. */
export const anyState: fc.Arbitrary<HpaState> = fc.record({
  status: fc.record({
    currentReplicas: int32,
    desiredReplicas: int32,
    lastScaleTimeMs: fc.option(timeMs),
    currentMetrics: fc.constant(null),
    conditions: fc.array(
      fc.record({
        type: fc.constantFrom('AbleToScale', 'ScalingActive', 'ScaledToZero', 'Other'),
        status: fc.constantFrom('True', 'False', 'Unknown'),
        reason: name,
        message: name,
        lastTransitionTimeMs: timeMs,
      }),
      { maxLength: 4 },
    ),
  }),
  memory: fc.record({
    recommendations: fc.option(
      fc.array(fc.record({ atMs: timeMs, replicas: int32 }), { maxLength: 6 }),
    ),
    scaleUpEvents: fc.array(event, { maxLength: 4 }),
    scaleDownEvents: fc.array(event, { maxLength: 4 }),
  }),
});

/** Mostly a time around the samples', sometimes any number. */
export const anyTimeMs: fc.Arbitrary<number> = timeMs;

const seconds = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 600 }), weight: 4 },
  { arbitrary: anyNumber, weight: 1 },
);

/** Any profile; its flags are mostly such as a controller manager can have. */
export const anyProfile: fc.Arbitrary<Profile> = fc.record({
  version: fc.constant(PROFILE_1_37.version),
  syncPeriodSeconds: seconds,
  toleranceRatio: fc.oneof(fc.constantFrom(0, 0.1, 1), anyNumber),
  downscaleStabilizationSeconds: seconds,
  cpuInitializationSeconds: seconds,
  initialReadinessDelaySeconds: seconds,
  featureGates: fc.record({
    HPAConfigurableTolerance: fc.boolean(),
    HPAScaleToZero: fc.boolean(),
    PodLevelResources: fc.boolean(),
    HPAGeneration: fc.boolean(),
  }),
});

/** Any count, as somebody may ask for it. */
export const anyReplicas: fc.Arbitrary<number> = int32;
