import { describe, expect, test } from 'vitest';
import { counterfactuals, createHpaState, type Autoscaler, type HpaState } from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, QUEUE_METRIC, stateWith } from './samples.ts';

function without(
  name: string,
  seen: ReturnType<typeof observation>,
  state: HpaState = createHpaState(),
  used: Autoscaler = autoscaler({ behavior: {} }),
): number | null | undefined {
  const found = counterfactuals({ autoscaler: used, observation: seen, state, nowMs: NOW_MS });
  return found.find((entry) => entry.without === name)?.replicas;
}

describe('counterfactuals', () => {
  test('without stabilization a count goes down at once', () => {
    expect(without('stabilization', observation(6, '2'), stateWith([45, 6]))).toBe(2);
    expect(without('policies', observation(6, '2'), stateWith([45, 6]))).toBe(6);
  });

  test('without policies a count goes as far as the range', () => {
    expect(without('policies', observation(1, '70'))).toBe(7);
    expect(without('stabilization', observation(1, '70'))).toBe(5);
    const noBehavior = autoscaler();
    expect(without('policies', observation(1, '70'), createHpaState(), noBehavior)).toBe(7);
  });

  test('without an upper bound only policies limit', () => {
    expect(without('maxReplicas', observation(8, '30'))).toBe(16);
  });

  test('without the metric that asks for most the others decide', () => {
    const used = autoscaler({ metrics: [...autoscaler().spec.metrics!, QUEUE_METRIC] });
    const seen = observation(3, '20');
    const queue = { kind: 'external', series: ['45'] } as const;
    const both = { ...seen, metrics: [...seen.metrics, queue] };
    expect(without('metric rps', both, stateWith(), used)).toBe(5);
    expect(without('metric queue', both, stateWith(), used)).toBe(6);
  });

  test('an only metric is not taken away, and what cannot be decided stays so', () => {
    const failed = { kind: 'failed', error: 'down' } as const;
    const seen = observation(3, '1', { metrics: [failed] });
    expect(
      counterfactuals({
        autoscaler: autoscaler(),
        observation: seen,
        state: createHpaState(),
        nowMs: NOW_MS,
      }),
    ).toEqual([
      { without: 'stabilization', replicas: null },
      { without: 'policies', replicas: null },
      { without: 'maxReplicas', replicas: null },
    ]);
  });
});
