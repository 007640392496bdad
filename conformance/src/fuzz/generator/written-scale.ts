import { replay } from '../../suites/hpa/replay.ts';
import type { Expectation, Scenario } from '../../suites/hpa/scenario.ts';
import type { Question } from '../question.ts';

/** Stands where a scenario has what the controller did. */
const UNKNOWN: Expectation = {
  desiredReplicas: 0,
  proposal: null,
  scaleWrite: null,
  status: { currentReplicas: 0, desiredReplicas: 0, lastScaleTime: null, currentMetrics: null },
  events: [],
  error: null,
};

/**
 * The replicas that Bellows writes in the last tick, so that the next one can read what the controller wrote.
 * Undefined if it writes none, or cannot.
 */
export function writtenScale(question: Question): number | undefined {
  if (question.ticks.at(-1)?.scaleWriteError !== undefined) return undefined;
  try {
    return replay(withoutAnswers(question)).reduce<number | undefined>(
      (written, { actual }) =>
        'scaleWrite' in actual ? (actual.scaleWrite ?? undefined) : written,
      undefined,
    );
  } catch {
    // The search itself will find this, and say so.
    return undefined;
  }
}

function withoutAnswers({ hpa, ticks, ...same }: Question): Scenario {
  return {
    ...same,
    hpa: { ...hpa, defaulted: hpa.spec },
    ticks: ticks.map(({ hpa: changed, ...tick }) => ({
      ...tick,
      ...(changed && { hpa: { ...changed, defaulted: changed.spec } }),
      expect: UNKNOWN,
    })),
    finalMemory: { recommendations: null, scaleUpEvents: null, scaleDownEvents: null },
  };
}
