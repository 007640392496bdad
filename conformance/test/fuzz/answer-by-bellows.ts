import { defaultHpaSpec, validateHpaSpec, type HpaSpec, type Profile } from '@bellows/hpa';
import { replay, type MemoryResult, type TickResult } from '../../src/suites/hpa/replay.ts';
import type { Expectation, Scenario } from '../../src/suites/hpa/scenario.ts';
import type { Oracle } from '../../src/fuzz/oracle.ts';
import type { Question } from '../../src/fuzz/question.ts';

const UNKNOWN: Expectation = {
  desiredReplicas: 0,
  proposal: null,
  scaleWrite: null,
  status: { currentReplicas: 0, desiredReplicas: 0, lastScaleTime: null, currentMetrics: null },
  events: [],
  error: null,
};
const NOTHING = { recommendations: null, scaleUpEvents: null, scaleDownEvents: null };

/** An oracle that does not run Kubernetes: it answers as Bellows does, but for what `change` does to an answer. */
export function answeringOracle(
  change: (result: TickResult, question: Question) => TickResult = (result) => result,
): Oracle {
  return {
    ask: (question) => Promise.resolve(answer(question as Question, change)),
    stop: () => undefined,
  };
}

function answer(
  question: Question,
  change: (result: TickResult, question: Question) => TickResult,
): Record<string, unknown> {
  const unanswered: Scenario = {
    ...question,
    hpa: { ...question.hpa, ...admit(question, question.hpa.spec) },
    ticks: question.ticks.map(({ hpa, ...tick }) => ({
      ...tick,
      ...(hpa && { hpa: admit(question, hpa.spec) }),
      expect: UNKNOWN,
    })),
    finalMemory: NOTHING,
  };
  const actual = replay(unanswered).map((comparison) => comparison.actual);
  const results = actual.filter((part): part is TickResult => 'scaleWrite' in part);
  const ticks = unanswered.ticks.map((tick, index) => ({
    ...tick,
    expect: change(results[index]!, question),
  }));
  return structuredCloneOf({ ...unanswered, ticks, finalMemory: actual.at(-1) as MemoryResult });
}

function admit({ profile }: Question, spec: HpaSpec) {
  const { tolerance, syncSeconds, ...same } = profile;
  const ours: Profile = { ...same, toleranceRatio: tolerance, syncPeriodSeconds: syncSeconds };
  const defaulted = defaultHpaSpec(spec);
  const problems = validateHpaSpec(defaulted, { profile: ours });
  const rejectedByApi = problems.map(({ field, message }) => `${field}: ${message}`);
  return { spec, defaulted, ...(rejectedByApi.length > 0 && { rejectedByApi }) };
}

/** As it comes over a pipe. */
function structuredCloneOf(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
