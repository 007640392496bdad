import fc from 'fast-check';
import type {
  RecordedMemory,
  RecordedPod,
  RecordedProfile,
  Scenario,
  Tick,
} from '../../suites/hpa/scenario.ts';
import type { Question, QuestionTick } from '../question.ts';
import { initialStatus, memory, otherHpas, profile } from './circumstances.ts';
import { oddSpec } from './odd-specs.ts';
import { makePods } from './pods.ts';
import { makeReading } from './readings.ts';
import { specPlan, type SpecPlan } from './specs.ts';
import { placeTick, tickPlans, type Moment, type TickPlan } from './ticks.ts';
import { writtenScale } from './written-scale.ts';

interface QuestionPlan {
  readonly profile: RecordedProfile;
  readonly spec: SpecPlan;
  readonly initialStatus: Scenario['initialStatus'];
  readonly initialMemory: RecordedMemory | undefined;
  readonly otherHpas: Scenario['otherHpas'];
  readonly ticks: readonly TickPlan[];
}

const NAMED = { name: 'found/0', family: 'found', seed: 0 };

type Scale = NonNullable<Tick['scale']>;

const played: fc.Arbitrary<Question> = fc
  .record({
    profile,
    spec: specPlan,
    initialStatus: fc.option(initialStatus, { freq: 2, nil: undefined }),
    initialMemory: fc.option(memory, { freq: 2, nil: undefined }),
    otherHpas: fc.oneof(
      { weight: 15, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: otherHpas },
    ),
    ticks: tickPlans,
  })
  .map(makeQuestion);
const validated = fc
  .record({ profile, spec: oddSpec })
  .map(({ profile: chosen, spec }): Question => ({
    ...NAMED,
    profile: chosen,
    hpa: { namespace: 'shop', name: 'web', spec },
    ticks: [],
  }));

/**
 * Scenarios for the controller, and some specs for the API server alone; they shrink to fewer ticks, metrics, pods
 * and plainer numbers.
 */
export const question: fc.Arbitrary<Question> = fc.oneof(
  { weight: 12, arbitrary: played },
  { weight: 1, arbitrary: validated },
);

function makeQuestion(plan: QuestionPlan): Question {
  const base: Question = {
    ...NAMED,
    profile: plan.profile,
    hpa: { namespace: 'shop', name: 'web', spec: plan.spec.spec },
    ...(plan.initialStatus && { initialStatus: plan.initialStatus }),
    ...(plan.initialMemory && { initialMemory: plan.initialMemory }),
    ...(plan.otherHpas && { otherHpas: plan.otherHpas }),
    ticks: [],
  };
  return plan.ticks.reduce(addTick, { question: base, spec: plan.spec, sight: NOTHING }).question;
}

interface Progress {
  readonly question: Question;
  readonly spec: SpecPlan;
  readonly sight: { readonly pods: readonly RecordedPod[]; readonly scale: Scale };
  readonly moment?: Moment;
}

const NOTHING = { pods: [], scale: { specReplicas: 3, statusReplicas: 3, selector: 'app=web' } };

function addTick(progress: Progress, plan: TickPlan): Progress {
  const { question: before, moment: last } = progress;
  const { syncSeconds, featureGates } = before.profile;
  const moment: Moment =
    last === undefined
      ? { at: 0, nextRegularAt: syncSeconds }
      : placeTick(plan, last, { syncSeconds, specStarts: featureGates.HPAGeneration });
  const newSpec = last === undefined ? undefined : acceptedSpec(plan, moment, featureGates);
  const spec = newSpec ?? progress.spec;
  const isFirst = last === undefined;
  const pods = plan.keepsPods && !isFirst ? progress.sight.pods : makePods(plan.pods, moment.at);
  const scale = makeScale(plan, progress, isFirst ? countPods(pods) : undefined);
  const tick: QuestionTick = {
    at: moment.at,
    ...(moment.trigger && { trigger: moment.trigger }),
    ...(newSpec && { hpa: { spec: newSpec.spec } }),
    scale,
    pods,
    ...(plan.keepsReadings && spec === progress.spec && !isFirst
      ? {}
      : { metrics: makeReadings(plan, spec, { at: moment.at, pods, scale }) }),
    ...(plan.writeError && { scaleWriteError: 'the object has been modified by someone' }),
  };
  const ticks = [...before.ticks, tick];
  return { question: { ...before, ticks }, spec, sight: { pods, scale }, moment };
}

/** A spec can only come where it does not start a reconcile that the scenario does not have. */
function acceptedSpec(
  { spec }: TickPlan,
  { trigger }: Moment,
  { HPAGeneration }: RecordedProfile['featureGates'],
): SpecPlan | undefined {
  const isQuiet = trigger === undefined && !HPAGeneration;
  return isQuiet || trigger === 'specChange' || trigger === 'restart' ? spec : undefined;
}

function makeReadings(
  { readings }: TickPlan,
  { metrics }: SpecPlan,
  { at, pods, scale }: { at: number; pods: readonly RecordedPod[]; scale: Scale },
): NonNullable<QuestionTick['metrics']> {
  return metrics.map((metric, index) => {
    const plan = readings[index % readings.length];
    return plan === undefined
      ? { error: 'no reading' }
      : makeReading(metric, plan, { at, pods, statusReplicas: scale.statusReplicas });
  });
}

/** @param podCount - What the scale of the first tick begins with; later it follows what was written. */
function makeScale(
  { scale }: TickPlan,
  { question: before, sight }: Progress,
  podCount: number | undefined,
): Scale {
  const { specReplicas: lastSpec, statusReplicas: lastStatus } = sight.scale;
  const usual = { specReplicas: lastSpec, statusReplicas: lastStatus, selector: 'app=web' };
  if (scale.kind === 'set') {
    const { specReplicas, statusReplicas } = scale;
    return { ...usual, specReplicas, statusReplicas };
  }
  if (scale.kind === 'unreadable') return { ...usual, error: 'the server is not able to answer' };
  if (scale.kind === 'selector') return { ...usual, selector: scale.selector };
  if (scale.kind === 'asBefore') return usual;
  const written = podCount ?? writtenScale(before);
  return written === undefined
    ? usual
    : { ...usual, specReplicas: written, statusReplicas: written };
}

function countPods(pods: readonly RecordedPod[]): number {
  return pods.reduce((sum, { count = 1 }) => sum + count, 0);
}
