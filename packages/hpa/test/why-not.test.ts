import { describe, expect, test } from 'vitest';
import {
  createHpaState,
  explainDecision,
  whyNot,
  type HpaObservation,
  type HpaState,
} from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, stateWith } from './samples.ts';

function ask(
  replicas: number,
  seen: HpaObservation,
  state: HpaState = createHpaState(),
  spec: Parameters<typeof autoscaler>[0] = { behavior: {} },
) {
  const source = 'local' as const;
  const basis = { autoscaler: autoscaler(spec), observation: seen, state, nowMs: NOW_MS, source };
  return whyNot(explainDecision(basis), replicas);
}

describe('whyNot', () => {
  test('names the metrics where they ask for less', () => {
    expect(ask(9, observation(3, '20'))).toMatchObject({
      code: 'usage-ratio',
      text: 'Not 9: rps is 20 per pod, target 10, asks for 6 (2 × 3 pods)',
    });
  });

  test('names the tolerance', () => {
    expect(ask(4, observation(3, '10.5')).code).toBe('within-tolerance');
  });

  test('names the window, the policy, or the bound that held the count back', () => {
    expect(ask(3, observation(6, '2'), stateWith([45, 6])).code).toBe('stabilization-window');
    expect(ask(8, observation(1, '90')).code).toBe('policy');
    expect(ask(15, observation(6, '30'))).toMatchObject({
      code: 'max-replicas',
      text: 'Not 15: maxReplicas is 10',
    });
    const down = observation(2, '1');
    expect(ask(1, down, stateWith(), { minReplicas: 2, behavior: {} }).code).toBe('min-replicas');
    const scaleUp = { selectPolicy: 'Disabled' } as const;
    expect(ask(5, observation(3, '20'), stateWith(), { behavior: { scaleUp } }).code).toBe(
      'direction-disabled',
    );
    expect(ask(12, observation(1, '90'), stateWith(), { maxReplicas: 20 }).code).toBe(
      'usage-ratio',
    );
    expect(ask(7, observation(1, '90'), stateWith(), { maxReplicas: 20 }).code).toBe(
      'growth-limit',
    );
  });

  test('adds the bound where the metrics already asked for less', () => {
    expect(ask(20, observation(3, '20')).text).toMatch(
      /nor could it be more than maxReplicas, 10$/,
    );
    expect(ask(0, observation(3, '20')).text).toMatch(/nor could it be fewer than minReplicas, 1$/);
  });

  test('says that a count was decided on, or that nothing was', () => {
    expect(ask(6, observation(3, '20'))).toEqual({
      text: '6 is what was decided. 3 → 6: rps is 20 per pod, target 10, asks for 6 (2 × 3 pods)',
    });
    const failed = { kind: 'failed', error: 'down' } as const;
    expect(ask(6, observation(3, '20', { metrics: [failed] }))).toMatchObject({
      code: 'metric-unreadable',
    });
  });

  test('says why where no step was taken', () => {
    expect(ask(3, observation(0, '20'))).toMatchObject({ code: 'disabled-at-zero' });
    expect(ask(12, observation(12, '20'))).toMatchObject({ code: 'above-max' });
  });
});
