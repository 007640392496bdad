import { describe, expect, test } from 'vitest';
import {
  createHpaState,
  decide,
  failScaleWrite,
  nextChange,
  type Autoscaler,
  type HpaObservation,
  type HpaState,
} from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, QUEUE_METRIC, stateWith } from './samples.ts';

const hpa = autoscaler({ behavior: {} });

function nextOf(
  seen: HpaObservation,
  state: HpaState = createHpaState(),
  used: Autoscaler = hpa,
): ReturnType<typeof nextChange> {
  const decision = decide(used, seen, state, NOW_MS);
  return nextChange({ autoscaler: used, decision, nowMs: NOW_MS });
}

describe('nextChange', () => {
  test('waits until the recommendation that holds the count has left the window', () => {
    expect(nextOf(observation(6, '2'), stateWith([45, 6]))).toEqual({
      // 255 s is the first moment at which it is as old as the window, and a multiple of the sync period.
      atMs: NOW_MS + 255_000,
      replicas: 2,
      text: '6 → 2 in 255 s if the metrics go on asking for 2',
      code: 'next-change',
    });
  });

  test('waits for the next period of a policy', () => {
    const scaleUp = { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 } as const] };
    const used = autoscaler({ behavior: { scaleUp } });
    expect(nextOf(observation(3, '30'), createHpaState(), used)).toMatchObject({
      atMs: NOW_MS + 60_000,
      replicas: 5,
    });
  });

  test.each([
    ['up when rps is above 11 per pod, down when it is 6.667 per pod or less', 3, '10'],
    ['up when rps is above 11 per pod, down when it is below 9 per pod', 10, '10'],
  ])('%s', (text, replicas, value) => {
    const used = autoscaler({ behavior: {}, maxReplicas: 20 });
    expect(nextOf(observation(replicas, value), createHpaState(), used)).toMatchObject({
      atMs: null,
      replicas: null,
      text,
      code: 'next-beyond',
    });
  });

  test('is right about the values from which on another count is asked for', () => {
    const asked = (value: string): number =>
      decide(hpa, observation(3, value), createHpaState(), NOW_MS).proposal!.replicas;
    expect(asked('11')).toBe(3);
    expect(asked('11001m')).toBe(4);
    expect(asked('6667m')).toBe(3);
    expect(asked('6666m')).toBe(2);
  });

  test('names the bound that also has to move', () => {
    expect(nextOf(observation(1, '10')).text).toBe(
      'up when rps is above 11 per pod, down when it is 0 per pod or less and minReplicas, 1, is lowered',
    );
    expect(nextOf(observation(10, '10')).text).toMatch(/11 per pod and maxReplicas, 10, is raised/);
  });

  test('claims no value where the pods decide too', () => {
    const seen = { ...observation(3, '10'), pods: observation(2, '10').pods };
    const two = autoscaler({ metrics: [...hpa.spec.metrics!, QUEUE_METRIC] });
    const queue = { kind: 'external', series: ['30'] } as const;
    expect(nextOf(seen).code).toBe('next-otherwise');
    expect(nextOf({ ...seen, metrics: [...seen.metrics, queue] }, stateWith(), two)).toMatchObject({
      text: 'up when one of 2 metrics asks for more than 3, down when all ask for fewer',
    });
  });

  test('says what holds the count for good', () => {
    expect(nextOf(observation(10, '30')).text).toBe(
      'stays at 10 while the metrics ask for 30: maxReplicas is 10',
    );
    const used = autoscaler({ behavior: { scaleDown: { selectPolicy: 'Disabled' } } });
    expect(nextOf(observation(6, '2'), createHpaState(), used)).toMatchObject({
      text: 'stays at 6 while the metrics ask for 2: scale-down is disabled',
      code: 'next-bound',
    });
  });

  test('asks for repair where nothing could be decided or written', () => {
    const failed = { kind: 'failed', error: 'adapter is down' } as const;
    expect(nextOf(observation(3, '1', { metrics: [failed] })).text).toMatch(
      /^decided again when this is mended: rps cannot be read: .*adapter is down$/,
    );
    const decision = failScaleWrite(
      decide(hpa, observation(3, '20'), createHpaState(), NOW_MS),
      'no',
    );
    expect(nextChange({ autoscaler: hpa, decision, nowMs: NOW_MS })).toMatchObject({
      text: 'decided again when this is mended: no',
      code: 'next-repair',
    });
  });

  test('knows nothing of metrics that were not looked at', () => {
    expect(nextOf(observation(12, '1')).code).toBe('next-unknown');
  });

  test('agrees with deciding on, tick by tick', () => {
    const used = autoscaler({ behavior: {}, maxReplicas: 50, metrics: [QUEUE_METRIC] });
    for (const [replicas, total, state] of [
      [20, '30', stateWith([100, 20], [40, 9])],
      [2, '400', stateWith([10, 2])],
      [30, '120', stateWith([299, 18], [1, 30])],
    ] as const) {
      const seen = observation(replicas, '0', { metrics: [{ kind: 'external', series: [total] }] });
      let decision = decide(used, seen, state, NOW_MS);
      const from = decision.trace().desiredReplicas!;
      const next = nextChange({ autoscaler: used, decision, nowMs: NOW_MS });
      const scale = { ...seen.scale, specReplicas: from };
      let atMs = NOW_MS;
      while (decision.trace().desiredReplicas === from) {
        atMs += 15_000;
        decision = decide(used, { ...seen, scale }, decision.state, atMs);
      }
      expect(next).toMatchObject({ atMs, replicas: decision.trace().desiredReplicas });
    }
  });
});
