import fc from 'fast-check';
import type { RecordedContainer, RecordedPod, RecordedReading } from '../../suites/hpa/scenario.ts';
import type { MetricPlan } from './metrics.ts';
import { anyQuantity, inMilli, type QuantityPlan } from './quantities.ts';

/** What a metric reads in a tick, as far as it does not depend on the spec and the pods. */
export interface ReadingPlan {
  readonly kind: 'near' | 'any' | 'empty' | 'error';
  /** How far the metric is from its target: 1000 is on it. */
  readonly permille: number;
  /** Thousandths added, by pod or series in turn. */
  readonly jitter: readonly number[];
  /** Values of kind `any`, by pod or series in turn. */
  readonly values: readonly QuantityPlan[];
  /** Pods without a sample: every so manieth from the end; 0 for none. */
  readonly missingEvery: number;
  /** Samples of pods that are not there. */
  readonly superfluous: number;
  /** Seconds between the sample and the tick, by pod in turn. */
  readonly ages: readonly number[];
  /** Seconds, by pod in turn; undefined is left out where that can be. */
  readonly windows: readonly (number | undefined)[];
  /** The first samples come once more, with the values of the last. */
  readonly repeated: number;
  /** Pods that report containers in another way: none at all, or one twice. */
  readonly containers: 'asTheyAre' | 'none' | 'twice';
  /** Containers that report nothing: every so manieth; 0 for none. */
  readonly silentEvery: number;
}

/** What all readings of a tick are made from. */
export interface ReadingContext {
  readonly at: number;
  readonly pods: readonly RecordedPod[];
  readonly statusReplicas: number;
}

/** Ratios at the edges of the usual tolerances. */
const EDGES = [1000, 1, 500, 899, 900, 901, 949, 950, 990, 999, 1001, 1010, 1050, 1099, 1100];
const FAR = [1101, 1200, 1500, 2000, 3333, 9999, 1_000_000];

/** A plan for one reading. */
export const readingPlan: fc.Arbitrary<ReadingPlan> = fc.record({
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant('near' as const) },
    { weight: 3, arbitrary: fc.constant('any' as const) },
    { weight: 1, arbitrary: fc.constantFrom('empty' as const, 'error' as const) },
  ),
  permille: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...EDGES, ...FAR) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 3000 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  jitter: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 3 }),
  values: fc.array(anyQuantity, { minLength: 1, maxLength: 4 }),
  missingEvery: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }) },
  ),
  superfluous: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
  ),
  ages: fc.array(fc.constantFrom(10, 0, 1, 15, 30, 31, 60), { minLength: 1, maxLength: 3 }),
  windows: fc.array(fc.constantFrom(30, 15, 60, 1, 0, undefined), { minLength: 1, maxLength: 2 }),
  repeated: fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
  ),
  containers: fc.oneof(
    { weight: 20, arbitrary: fc.constant('asTheyAre' as const) },
    { weight: 1, arbitrary: fc.constantFrom('none' as const, 'twice' as const) },
  ),
  silentEvery: fc.oneof(
    { weight: 10, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
  ),
});

/** Makes what a metric reads. */
export function makeReading(
  { spec, target }: MetricPlan,
  plan: ReadingPlan,
  context: ReadingContext,
): RecordedReading {
  if (plan.kind === 'error') return { error: 'the server could not find the metric' };
  const resource = spec.resource?.name ?? spec.containerResource?.name;
  if (resource !== undefined) return { pods: makeUsages(resource, { target, plan, context }) };
  if (spec.type === 'Pods') return { values: makeValues({ target, plan, context }) };
  const perReplica = target.kind === 'average' ? Math.max(context.statusReplicas, 1) : 1;
  const total = 'milli' in target ? target.milli * perReplica : 0;
  if (spec.type === 'Object') return { value: valueAt(plan, 0, total) };
  const count = plan.kind === 'empty' ? 0 : plan.jitter.length;
  return {
    series: Array.from({ length: count }, (_, index) => valueAt(plan, index, total / count)),
  };
}

interface Input {
  readonly target: MetricPlan['target'];
  readonly plan: ReadingPlan;
  readonly context: ReadingContext;
}

type Usages = Extract<RecordedReading, { readonly pods: unknown }>['pods'];
type Values = Extract<RecordedReading, { readonly values: unknown }>['values'];

function makeUsages(resource: string, { target, plan, context }: Input): Usages {
  return sampled(plan, context.pods).map(({ name, pod }, index) => ({
    pod: name,
    timestamp: context.at - inTurn(plan.ages, index),
    window: inTurn(plan.windows, index) ?? 30,
    containers: reportedBy(plan, pod).map((container, place) => {
      const isSilent = plan.silentEvery > 0 && (index + place) % plan.silentEvery === 0;
      if (isSilent) return { name: container.name };
      const goal =
        target.kind === 'utilization'
          ? (milliOf(container.requests?.[resource]) * target.percent) / 100
          : target.milli;
      return { name: container.name, usage: valueAt(plan, index, goal) };
    }),
  }));
}

function reportedBy(
  { containers: way }: ReadingPlan,
  pod: RecordedPod | undefined,
): readonly RecordedContainer[] {
  const containers = pod?.containers ?? [{ name: 'app' }];
  if (way === 'none') return [];
  return way === 'twice' ? [...containers, ...containers] : containers;
}

function makeValues({ target, plan, context }: Input): Values {
  return sampled(plan, context.pods).map(({ name }, index) => {
    const window = inTurn(plan.windows, index);
    return {
      pod: name,
      value: valueAt(plan, index, 'milli' in target ? target.milli : 0),
      timestamp: context.at - inTurn(plan.ages, index),
      ...(window !== undefined && { window }),
    };
  });
}

/** The pods that have a sample, and the samples that have no pod. */
function sampled(
  { kind, missingEvery, superfluous, repeated }: ReadingPlan,
  pods: readonly RecordedPod[],
): readonly { readonly name: string; readonly pod?: RecordedPod }[] {
  if (kind === 'empty') return [];
  const all = pods.flatMap((pod) =>
    Array.from({ length: pod.count ?? 1 }, (_, index) => ({
      name: `web-${Number(pod.name.slice('web-'.length)) + index}`,
      pod,
    })),
  );
  const present = all.filter(
    (_, index) => missingEvery === 0 || (all.length - index) % missingEvery !== 0,
  );
  const gone = Array.from({ length: superfluous }, (_, index) => ({ name: `gone-${index}` }));
  return [...present, ...gone, ...present.slice(0, repeated)];
}

function valueAt(plan: ReadingPlan, index: number, goalMilli: number): string {
  if (plan.kind === 'any') return inTurn(plan.values, index).text;
  return inMilli((goalMilli * plan.permille) / 1000 + inTurn(plan.jitter, index)).text;
}

function inTurn<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

/** Thousandths of a request that is plainly written; a usual one for others. */
function milliOf(text: string | undefined): number {
  const match = /^(\d+)(m?)$/.exec(text ?? '');
  if (match === null) return 1000;
  return Number(match[1]) * (match[2] === 'm' ? 1 : 1000);
}
