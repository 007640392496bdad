import fc from 'fast-check';
import type { Tick } from '../../suites/hpa/scenario.ts';
import { podPlans, type PodPlan } from './pods.ts';
import { readingPlan, type ReadingPlan } from './readings.ts';
import { specPlan, type SpecPlan } from './specs.ts';

/** What happens in a tick, as far as it does not depend on the ticks before. */
export interface TickPlan {
  readonly step: 'regular' | 'restart' | 'recreate' | 'recreateAfterGap';
  /** Seconds by which a step comes later than it could, kept within what the rhythm allows. */
  readonly delay: number;
  /** A new spec. With gate HPAGeneration it starts a reconcile of its own. */
  readonly spec: SpecPlan | undefined;
  readonly scale: ScalePlan;
  readonly pods: readonly PodPlan[];
  /** The pods are those of the tick before, if there is one. */
  readonly keepsPods: boolean;
  /** By metric in turn. */
  readonly readings: readonly ReadingPlan[];
  /** The readings are those of the tick before, if there is one and the spec is still the same. */
  readonly keepsReadings: boolean;
  readonly writeError: boolean;
}

/** The scale that a tick reads. */
export type ScalePlan =
  | { readonly kind: 'asBefore' | 'asWritten' | 'unreadable' }
  | { readonly kind: 'set'; readonly specReplicas: number; readonly statusReplicas: number }
  | { readonly kind: 'selector'; readonly selector: string };

const rarely = <T>(usual: T, other: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const count = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 25 }) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 2 ** 30, 2 ** 31 - 1) },
);
const setScale: fc.Arbitrary<ScalePlan> = fc.record({
  kind: fc.constant('set' as const),
  specReplicas: count,
  statusReplicas: count,
});
const scale: fc.Arbitrary<ScalePlan> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<ScalePlan>({ kind: 'asWritten' }) },
  { weight: 4, arbitrary: setScale },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom<ScalePlan[]>({ kind: 'asBefore' }, { kind: 'unreadable' }),
      fc.record({
        kind: fc.constant('selector' as const),
        selector: fc.constantFrom('', 'app in (web', '!', 'app in (web,api)', 'app', 'app=none'),
      }),
    ),
  },
);

const tick: fc.Arbitrary<TickPlan> = fc.record({
  step: rarely<TickPlan['step']>(
    'regular',
    fc.constantFrom<TickPlan['step'][]>('restart', 'recreate', 'recreateAfterGap'),
    15,
  ),
  delay: fc.nat(40),
  spec: rarely<SpecPlan | undefined>(undefined, specPlan),
  scale,
  pods: podPlans,
  keepsPods: fc.boolean(),
  readings: fc.array(readingPlan, { minLength: 1, maxLength: 4 }),
  keepsReadings: rarely(false, fc.constant(true), 6),
  writeError: rarely(false, fc.constant(true)),
});

/** The ticks of a scenario; the first begins it. */
export const tickPlans: fc.Arbitrary<readonly TickPlan[]> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: fc.array(tick, { minLength: 1, maxLength: 1 }) },
  { weight: 4, arbitrary: fc.array(tick, { minLength: 2, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.array(tick, { minLength: 8, maxLength: 20, size: 'max' }) },
);

/** When a tick is, what starts it, and when the controller's rhythm is due after it. */
export interface Moment {
  readonly at: number;
  readonly trigger?: Exclude<Tick['trigger'], undefined>;
  readonly nextRegularAt: number;
}

/**
 * Places a tick in the controller's rhythm: an extra reconcile has to be between the last one and the next
 * regular one; where there is no room the tick is a regular one.
 */
export function placeTick(
  plan: TickPlan,
  last: Moment,
  { syncSeconds, specStarts }: { readonly syncSeconds: number; readonly specStarts: boolean },
): Moment {
  const { nextRegularAt } = last;
  const room = nextRegularAt - last.at - 1;
  if (plan.step === 'restart') {
    const at = last.at + 1 + plan.delay;
    return { at, trigger: 'restart', nextRegularAt: at + syncSeconds };
  }
  if (plan.step === 'recreateAfterGap') {
    const at = nextRegularAt + 1 + plan.delay;
    return { at, trigger: 'recreateAfterGap', nextRegularAt: at + syncSeconds };
  }
  const trigger = plan.step === 'recreate' ? 'recreate' : 'specChange';
  const isExtra = plan.step === 'recreate' || (plan.spec !== undefined && specStarts);
  if (isExtra && room > 0) {
    return { at: last.at + 1 + (plan.delay % room), trigger, nextRegularAt };
  }
  return { at: nextRegularAt, nextRegularAt: nextRegularAt + syncSeconds };
}
