import { describe, expect, test } from 'vitest';
import { createHpaState, decide } from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, QUEUE_METRIC, stateWith } from './samples.ts';

const failed = { kind: 'failed', error: 'adapter is down' } as const;

describe('decideFromMetrics', () => {
  test('keeps the old desired count where no metric can be used, and remembers nothing', () => {
    const before = stateWith([10, 3]);
    const seen = observation(3, '30', { metrics: [failed] });
    const decision = decide(autoscaler(), seen, before, NOW_MS);
    expect(decision.scaleWrite).toBeNull();
    expect(decision.proposal).toBeNull();
    expect(decision.status).toMatchObject({ currentReplicas: 3, desiredReplicas: 0 });
    expect(decision.status.currentMetrics).toEqual([{ type: '' }]);
    expect(decision.state.memory).toEqual(before.memory);
    expect(decision.events.map(({ reason }) => reason)).toEqual([
      'FailedGetPodsMetric',
      'FailedComputeMetricsReplicas',
    ]);
  });

  test('scales up although a metric failed, and still returns the error', () => {
    const hpa = autoscaler({ metrics: [...autoscaler().spec.metrics!, QUEUE_METRIC] });
    const seen = observation(3, '30');
    const decision = decide(
      hpa,
      { ...seen, metrics: [...seen.metrics, failed] },
      createHpaState(),
      NOW_MS,
    );
    expect(decision.scaleWrite).toBe(6);
    expect(decision.error).toMatch(/^invalid metrics \(1 invalid out of 2\), first error is: /);
  });

  test('stops both HPAs that select the same pods', () => {
    const seen = observation(3, '30', { otherAutoscalers: [{ name: 'also', selector: 'app' }] });
    const decision = decide(autoscaler(), seen, createHpaState(), NOW_MS);
    expect(decision.trace().path).toBe('selectorInvalid');
    expect(decision.status.currentMetrics).toBeNull();
    expect(decision.events.map(({ reason }) => reason)).toEqual([
      'AmbiguousSelector',
      'FailedComputeMetricsReplicas',
    ]);
  });

  test('gives no reason where stabilization alone raises the count', () => {
    const decision = decide(autoscaler(), observation(5, '10'), stateWith([30, 9]), NOW_MS);
    expect(decision.scaleWrite).toBe(9);
    expect(decision.events[0]?.message).toBe('New size: 9; reason: ');
  });

  test('takes a negative proposal for none', () => {
    const decision = decide(autoscaler(), observation(3, '-10'), stateWith(), NOW_MS);
    expect(decision.proposal?.replicas).toBe(-3);
    expect(decision.trace().stabilization?.in).toBe(0);
    expect(decision.scaleWrite).toBe(1);
  });

  test('lifts a workload from zero to a minimum that was raised meanwhile', () => {
    const hpa = autoscaler({ minReplicas: 0, metrics: [QUEUE_METRIC] });
    const reading = { kind: 'external', series: ['0'] } as const;
    const down = decide(hpa, observation(2, '0', { metrics: [reading] }), stateWith(), NOW_MS);
    const raised = autoscaler({ minReplicas: 3, metrics: [QUEUE_METRIC], behavior: {} });
    const seen = observation(0, '0', { metrics: [reading] });
    const up = decide(raised, seen, down.state, NOW_MS + 400_000);
    expect(up.scaleWrite).toBe(3);
    expect(up.events[0]?.message).toBe(
      'New size: 3; reason: Current number of replicas below Spec.MinReplicas',
    );
  });

  test('lifts nothing to a minimum of 0, as the controller, which writes what a negative maximum leaves', () => {
    const reading = { kind: 'external', series: ['0'] } as const;
    const hpa = autoscaler({ minReplicas: 0, metrics: [QUEUE_METRIC] });
    const down = decide(hpa, observation(2, '0', { metrics: [reading] }), stateWith(), NOW_MS);
    const negative = autoscaler({ minReplicas: 0, maxReplicas: -2, metrics: [QUEUE_METRIC] });
    const seen = observation(0, '0', { metrics: [reading] });
    expect(decide(negative, seen, down.state, NOW_MS + 400_000).scaleWrite).toBe(-2);
  });
});
