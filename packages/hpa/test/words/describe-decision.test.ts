import { describe, expect, test } from 'vitest';
import { createHpaState, decide, describeDecision, failScaleWrite } from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, QUEUE_METRIC, stateWith } from '../samples.ts';

const hpa = autoscaler({ behavior: {} });
const failed = { kind: 'failed', error: 'adapter is down' } as const;

describe('describeDecision', () => {
  test.each([
    [
      '1 → 5: rps is 88 per pod, target 10, asks for 9 (8.8 × 1 pod); scale-up policy allows 4 pods per 15 s, counted from 1',
      observation(1, '88'),
      createHpaState(),
    ],
    [
      'Held at 3: rps is 10.5 per pod, target 10, within tolerance (ratio 1.05, 0.9 to 1.1), asks for 3',
      observation(3, '10.5'),
      createHpaState(),
    ],
    [
      'Held at 6: rps is 2 per pod, target 10, asks for 2 (0.2 × 6 pods); the 8 recommended 45 s ago still hold (scale-down window 300 s)',
      observation(6, '2'),
      stateWith([45, 8]),
    ],
    [
      '6 → 10: rps is 30 per pod, target 10, asks for 18 (3 × 6 pods); maxReplicas is 10',
      observation(6, '30'),
      createHpaState(),
    ],
    ['12 → 10: more than maxReplicas, 10', observation(12, '1'), createHpaState()],
    [
      'Held at 0: scaling is disabled while the target has no replicas',
      observation(0, '1'),
      createHpaState(),
    ],
    [
      'Not decided: failed to query scale subresource for Deployment/default/shop: gone',
      observation(1, '1', { scale: { error: 'gone' } }),
      createHpaState(),
    ],
  ])('%s', (text, seen, state) => {
    expect(describeDecision(decide(hpa, seen, state, NOW_MS), NOW_MS)).toBe(text);
  });

  test('says that a failed metric keeps the count', () => {
    const two = autoscaler({ metrics: [...hpa.spec.metrics!, QUEUE_METRIC] });
    const seen = observation(3, '1');
    const decision = decide(
      two,
      { ...seen, metrics: [...seen.metrics, failed] },
      stateWith(),
      NOW_MS,
    );
    expect(describeDecision(decision, NOW_MS)).toBe(
      'Held at 3: queue cannot be read: unable to get external metric default/queue/nil: ' +
        'unable to fetch metrics from external metrics API: adapter is down; ' +
        'rps asks for 1, but with a failed metric the count is not lowered',
    );
  });

  test('says how many metrics there were', () => {
    const three = autoscaler({ metrics: [...hpa.spec.metrics!, QUEUE_METRIC, QUEUE_METRIC] });
    const seen = observation(3, '20');
    const metrics = [...seen.metrics, { kind: 'external', series: ['1'] } as const, failed];
    const decision = decide(three, { ...seen, metrics }, stateWith(), NOW_MS);
    expect(describeDecision(decision, NOW_MS)).toBe(
      '3 → 6: rps is 20 per pod, target 10, asks for 6 (2 × 3 pods) (highest of 2 metrics, queue cannot be read)',
    );
  });

  test('says that the scale could not be written', () => {
    const decision = decide(hpa, observation(3, '20'), createHpaState(), NOW_MS);
    expect(describeDecision(failScaleWrite(decision, 'quota exceeded'), NOW_MS)).toBe(
      'Wanted 3 → 6, but the scale cannot be written: quota exceeded',
    );
  });
});
