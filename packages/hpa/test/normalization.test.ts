import { describe, expect, test } from 'vitest';
import { PROFILE_1_37, type HpaSpec } from '@bellows/hpa';
import { normalizeReplicas, type NormalizationInput } from '../src/normalization.ts';
import { autoscaler, NOW_MS, stateWith } from './samples.ts';

function input(
  behavior: HpaSpec['behavior'],
  changes: Partial<NormalizationInput>,
): NormalizationInput {
  return {
    desiredReplicas: 5,
    currentReplicas: 5,
    range: { minReplicas: 1, maxReplicas: 20 },
    behavior: autoscaler(behavior === undefined ? {} : { behavior }).spec.behavior,
    memory: stateWith().memory,
    profile: PROFILE_1_37,
    nowMs: NOW_MS,
    ...changes,
  };
}

describe('normalizeReplicas', () => {
  test('raises the count to an old recommendation only without behavior', () => {
    const { memory } = stateWith([30, 10]);
    expect(normalizeReplicas(input(undefined, { memory })).replicas).toBe(10);
    expect(normalizeReplicas(input({}, { memory })).replicas).toBe(5);
  });

  test('takes a first step from 1 to 4 without behavior and to 5 with an empty one', () => {
    const first = { desiredReplicas: 9, currentReplicas: 1 };
    expect(normalizeReplicas(input(undefined, first)).replicas).toBe(4);
    expect(normalizeReplicas(input({}, first)).replicas).toBe(5);
  });

  test('stabilizes before it limits, and records what was asked for', () => {
    const behavior = { scaleUp: { stabilizationWindowSeconds: 60 } };
    const { memory } = stateWith([30, 7]);
    const result = normalizeReplicas(
      input(behavior, { desiredReplicas: 50, currentReplicas: 2, memory }),
    );
    expect(result.stabilization).toMatchObject({ in: 50, out: 7 });
    expect(result.limit).toMatchObject({ in: 7, out: 6, reason: 'ScaleUpLimit' });
    expect(result.memory.recommendations?.at(-1)).toEqual({ atMs: NOW_MS, replicas: 50 });
    expect(result.conditions.map(({ type, reason }) => [type, reason])).toEqual([
      ['AbleToScale', 'ScaleUpStabilized'],
      ['ScalingLimited', 'ScaleUpLimit'],
    ]);
  });

  test('of a behavior without defaults takes no window for scale-up, the controller’s for scale-down, and no policy', () => {
    const { memory } = stateWith([30, 9], [40, 3]);
    const bare = { behavior: {}, memory, currentReplicas: 5 };
    const up = normalizeReplicas(input(undefined, { ...bare, desiredReplicas: 8 }));
    expect(up.stabilization).toMatchObject({ in: 8, out: 8 });
    expect(up.limit).toMatchObject({ out: 5, reason: 'ScaleUpLimit' });
    const down = normalizeReplicas(input(undefined, { ...bare, desiredReplicas: 2 }));
    expect(down.stabilization).toMatchObject({ out: 5, windowSeconds: 300 });
  });

  test('starts a list of recommendations where there is none', () => {
    const memory = { ...stateWith().memory, recommendations: null };
    expect(normalizeReplicas(input({}, { memory })).memory.recommendations).toEqual([
      { atMs: NOW_MS, replicas: 5 },
    ]);
  });

  test('takes the controller’s window for scale-down where the HPA has none', () => {
    const { memory } = stateWith([299, 9]);
    const down = { desiredReplicas: 2, currentReplicas: 9, memory };
    expect(normalizeReplicas(input({}, down)).replicas).toBe(9);
    const profile = { ...PROFILE_1_37, downscaleStabilizationSeconds: 60 };
    expect(normalizeReplicas(input({}, { ...down, profile })).replicas).toBe(2);
  });
});
