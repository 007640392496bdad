import fc from 'fast-check';
import type {
  RecordedMemory,
  RecordedProfile,
  RecordedScaleEvent,
  Scenario,
} from '../../suites/hpa/scenario.ts';

const usually = <T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });

/** Flags and gates of a controller; HPAConfigurableTolerance cannot be off in 1.37. */
export const profile: fc.Arbitrary<RecordedProfile> = fc.record({
  version: fc.constant('1.37.2'),
  tolerance: usually(0.1, fc.constantFrom(0, 0.01, 0.059, 0.2, 0.5, 1, 2)),
  downscaleStabilizationSeconds: usually(300, fc.constantFrom(0, 1, 15, 60, 600)),
  cpuInitializationSeconds: usually(300, fc.constantFrom(0, 60, 120)),
  initialReadinessDelaySeconds: usually(30, fc.constantFrom(0, 10, 60)),
  syncSeconds: usually(15, fc.constantFrom(2, 5, 10, 30, 60)),
  featureGates: fc.record({
    HPAConfigurableTolerance: fc.constant(true),
    HPAGeneration: usually(true, fc.boolean()),
    HPAScaleToZero: usually(true, fc.boolean()),
    PodLevelResources: usually(true, fc.boolean()),
  }),
});

const age = fc.oneof(
  fc.constantFrom(0, 1, 14, 15, 16, 30, 45, 59, 60, 61, 299, 300, 301, 1800),
  fc.nat(400),
);
const replicas = fc.oneof(fc.nat(12), fc.constantFrom(100, 2 ** 31 - 1));
const recommendations = fc.array(
  fc.record({ age, replicas }).map(({ age: seconds, replicas: count }) => ({
    at: 0 - seconds,
    replicas: count,
  })),
  { maxLength: 6 },
);
const changes: fc.Arbitrary<RecordedScaleEvent[]> = fc.array(
  fc
    .record({ age, change: replicas, outdated: fc.boolean() })
    .map(({ age: seconds, change, outdated }) => ({ at: 0 - seconds, change, outdated })),
  { maxLength: 4 },
);

/** What a controller may remember of an HPA. */
export const memory: fc.Arbitrary<RecordedMemory> = fc.record({
  recommendations: fc.option(recommendations, { freq: 4 }),
  scaleUpEvents: fc.option(changes, { freq: 4 }),
  scaleDownEvents: fc.option(changes, { freq: 4 }),
});

const condition = fc.record({
  type: fc.constantFrom('AbleToScale', 'ScalingActive', 'ScalingLimited', 'ScaledToZero'),
  status: fc.constantFrom('True', 'False', 'Unknown'),
  reason: fc.constantFrom('AsItWas', 'ScaledToZero'),
  message: fc.constantFrom('as it was', '100 % of %s'),
  lastTransitionTime: fc.option(age.map((seconds) => 0 - seconds)),
});

/** An HPA's status from before. */
export const initialStatus: fc.Arbitrary<NonNullable<Scenario['initialStatus']>> = fc.record({
  currentReplicas: replicas,
  desiredReplicas: replicas,
  lastScaleTime: fc.option(age.map((seconds) => 0 - seconds)),
  conditions: fc.uniqueArray(condition, { maxLength: 4, selector: ({ type }) => type }),
});

/** Another HPA: at most one that selects our pods, since a message names any two. */
export const otherHpas: fc.Arbitrary<NonNullable<Scenario['otherHpas']>> = fc
  .tuple(
    fc.constantFrom('app=web', 'app in (web,api)', 'app', 'app!=api', 'app=other', '', 'app in ('),
    fc.constantFrom('app=other', 'tier=x', ''),
  )
  .map(([first, second]) => [
    { name: 'other', selector: first },
    { name: 'zebra', selector: second },
  ]);
