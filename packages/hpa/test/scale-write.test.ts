import { describe, expect, test } from 'vitest';
import { createHpaState, decide, failScaleWrite, PROFILE_1_37 } from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, stateWith, traced } from './samples.ts';

const hpa = autoscaler({ behavior: {} });
const up = () => decide(hpa, observation(3, '30'), createHpaState(), NOW_MS);

describe('a scale write that succeeds', () => {
  test('is remembered for the policies, and moves the last scale time', () => {
    const { state, status, conditions } = up();
    expect(state.memory.scaleUpEvents).toEqual([
      { atMs: NOW_MS, replicaChange: 4, outdated: false },
    ]);
    expect(status).toMatchObject({
      currentReplicas: 3,
      desiredReplicas: 7,
      lastScaleTimeMs: NOW_MS,
    });
    expect(conditions.map(({ reason }) => reason)).toEqual([
      'SucceededRescale',
      'ValidMetricFound',
      'ScaleUpLimit',
      'NotScaledToZero',
    ]);
  });

  test('removes the condition ScaledToZero with its gate off', () => {
    const featureGates = { ...PROFILE_1_37.featureGates, HPAScaleToZero: false };
    const gated = { ...hpa, profile: { ...PROFILE_1_37, featureGates } };
    const decision = decide(gated, observation(3, '30'), up().state, NOW_MS + 60_000);
    expect(decision.conditions.map(({ type }) => type)).not.toContain('ScaledToZero');
  });
});

describe('failScaleWrite', () => {
  test('says so in condition, event and error', () => {
    const failed = failScaleWrite(up(), 'quota exceeded');
    expect(failed.error).toBe('failed to rescale Deployment/default/shop: quota exceeded');
    expect(failed.events).toEqual([
      {
        type: 'Warning',
        reason: 'FailedRescale',
        message: 'New size: 7; reason: pods metric rps above target; error: quota exceeded',
      },
    ]);
    expect(failed.conditions[0]).toMatchObject({
      type: 'AbleToScale',
      status: 'False',
      reason: 'FailedUpdateScale',
      message: 'the HPA controller was unable to update the target scale: quota exceeded',
    });
    expect(failed.scaleWrite).toBe(7);
  });

  test('forgets the change but keeps the recommendation', () => {
    const { state } = failScaleWrite(up(), 'no');
    expect(state.status).toMatchObject({ desiredReplicas: 0, lastScaleTimeMs: null });
    expect(state.memory.scaleUpEvents).toEqual([]);
    expect(state.memory.recommendations?.at(-1)).toEqual({ atMs: NOW_MS, replicas: 9 });
  });

  test('leaves the decision it was given as it was', () => {
    const decision = up();
    failScaleWrite(decision, 'no');
    expect(traced(decision)).toEqual(traced(up()));
  });

  test('refuses a decision that writes nothing', () => {
    const hold = decide(hpa, observation(3, '10'), stateWith(), NOW_MS);
    expect(() => failScaleWrite(hold, 'no')).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }),
    );
    expect(() => failScaleWrite(failScaleWrite(up(), 'no'), 'again')).toThrow(/writes the scale/);
  });
});
