import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BellowsError } from '@bellows/core';
import {
  createHpaState,
  decide,
  defaultHpaSpec,
  failScaleWrite,
  forgetMemory,
  toDecisionRecord,
  type Decision,
} from '@bellows/hpa';
import { anyAutoscaler, anyObservationOf, anyState, anyTimeMs } from './arbitraries.ts';
import {
  autoscaler,
  deepFreeze,
  NOW_MS,
  observation,
  QUEUE_METRIC,
  stateWith,
  traced,
} from './samples.ts';

describe('decide', () => {
  test('asks for the ratio times the pods, rounded up', () => {
    const decision = decide(autoscaler(), observation(3, '12'), createHpaState(), NOW_MS);
    expect(decision.scaleWrite).toBe(4);
    expect(decision.status).toMatchObject({ currentReplicas: 3, desiredReplicas: 4 });
    expect(decision.events).toEqual([
      {
        type: 'Normal',
        reason: 'SuccessfulRescale',
        message: 'New size: 4; reason: pods metric rps above target',
      },
    ]);
    expect(decision.proposal).toEqual({ replicas: 4, metric: 'pods metric rps' });
  });

  test('writes nothing within the tolerance, both bounds included', () => {
    for (const value of ['9', '11']) {
      const decision = decide(autoscaler(), observation(3, value), createHpaState(), NOW_MS);
      expect(decision.scaleWrite).toBeNull();
      expect(decision.status.desiredReplicas).toBe(3);
    }
  });

  test('holds a scale-down for the window, then goes through with it', () => {
    const first = decide(autoscaler(), observation(5, '2'), createHpaState(), NOW_MS);
    expect(first.scaleWrite).toBeNull();
    expect(first.conditions.find(({ type }) => type === 'AbleToScale')?.reason).toBe(
      'ScaleDownStabilized',
    );
    const later = NOW_MS + 300_001;
    expect(decide(autoscaler(), observation(5, '2'), first.state, later).scaleWrite).toBe(1);
  });

  test('comes back into range at once, whatever policies say', () => {
    const disabled = { scaleDown: { selectPolicy: 'Disabled' as const } };
    const decision = decide(
      autoscaler({ maxReplicas: 4, behavior: disabled }),
      observation(9, '100'),
      createHpaState(),
      NOW_MS,
    );
    expect(decision.scaleWrite).toBe(4);
    expect(decision.trace().path).toBe('aboveMax');
    expect(decision.status.currentMetrics).toBeNull();
  });

  test('leaves a target alone that someone else scaled to zero', () => {
    const decision = decide(autoscaler(), observation(0, '100'), createHpaState(), NOW_MS);
    expect(decision.scaleWrite).toBeNull();
    expect(decision.conditions.find(({ type }) => type === 'ScalingActive')?.reason).toBe(
      'ScalingDisabled',
    );
  });

  test('goes to zero and comes back, since its own condition remembers that it did', () => {
    const hpa = autoscaler({ minReplicas: 0, metrics: [QUEUE_METRIC] });
    const seen = (replicas: number, total: string) =>
      observation(replicas, '0', { metrics: [{ kind: 'external', series: [total] }] });
    const down = decide(hpa, seen(2, '0'), stateWith(), NOW_MS);
    expect(down.scaleWrite).toBe(0);
    expect(down.conditions.find(({ type }) => type === 'ScaledToZero')?.status).toBe('True');
    const up = decide(hpa, seen(0, '25'), down.state, NOW_MS + 15_000);
    expect(up.scaleWrite).toBe(3);
    expect(up.conditions.find(({ type }) => type === 'ScaledToZero')?.status).toBe('False');
  });

  test('says that the scale cannot be read and keeps the rest of the status', () => {
    const before = decide(autoscaler(), observation(3, '12'), createHpaState(), NOW_MS).state;
    const seen = observation(3, '12', { scale: { error: 'not found' } });
    const decision = decide(autoscaler(), seen, before, NOW_MS + 15_000);
    expect(decision.error).toBe(
      'failed to query scale subresource for Deployment/default/shop: not found',
    );
    expect(decision.status).toEqual({ ...before.status, conditions: decision.conditions });
    expect(decision.events).toEqual([
      { type: 'Warning', reason: 'FailedGetScale', message: 'not found' },
    ]);
  });

  test('refuses an apiVersion that cannot be read', () => {
    const scaleTargetRef = { apiVersion: 'a/b/c', kind: 'Deployment', name: 'shop' };
    const decision = decide(
      autoscaler({ scaleTargetRef }),
      observation(3, '12'),
      createHpaState(),
      NOW_MS,
    );
    expect(decision.error).toBe(
      'invalid API version in scale target reference: unexpected GroupVersion string: a/b/c',
    );
  });

  test('starts from the count it finds after a restart, so a scale-down waits again', () => {
    const settled = stateWith([200, 5]);
    const down = decide(autoscaler(), observation(5, '2'), settled, NOW_MS + 200_000);
    expect(down.scaleWrite).toBe(1);
    const restarted = decide(
      autoscaler(),
      observation(5, '2'),
      forgetMemory(settled),
      NOW_MS + 200_000,
    );
    expect(restarted.scaleWrite).toBeNull();
  });

  test('reads 10,000 pods and 50 metrics', () => {
    const metrics = Array.from({ length: 50 }, () => autoscaler().spec.metrics![0]!);
    const seen = observation(10_000, '20');
    const readings = metrics.map(() => seen.metrics[0]!);
    const decision = decide(
      autoscaler({ metrics, maxReplicas: 50_000 }),
      { ...seen, metrics: readings },
      createHpaState(),
      NOW_MS,
    );
    expect(decision.scaleWrite).toBe(20_000);
  });
});

describe('decide, on anything', () => {
  const anyCase = anyAutoscaler.chain((hpa) => {
    const spec = defaultHpaSpec(hpa.spec);
    const used = { ...hpa, spec };
    return fc.tuple(fc.constant(used), anyObservationOf(spec), anyState, anyTimeMs);
  });

  /** The decision, or undefined where the input was refused. Any other error fails the test. */
  function decideOrRefuse(...input: Parameters<typeof decide>): Decision | undefined {
    try {
      return decide(...input);
    } catch (error) {
      if (BellowsError.is(error)) return undefined;
      throw error;
    }
  }

  test('gives a decision or a BellowsError, never changes its input, and repeats itself', () => {
    let decided = 0;
    fc.assert(
      fc.property(anyCase, ([hpa, seen, state, nowMs]) => {
        deepFreeze([hpa, seen, state]);
        const decision = decideOrRefuse(hpa, seen, state, nowMs);
        const again = decideOrRefuse(hpa, seen, state, nowMs);
        expect(again && traced(again)).toEqual(decision && traced(decision));
        if (decision === undefined) return;
        decided += 1;
        const outcomes =
          decision.scaleWrite === null ? [decision] : [decision, failScaleWrite(decision, 'no')];
        for (const outcome of outcomes) {
          const record = toDecisionRecord({
            autoscaler: hpa,
            observation: seen,
            decision: outcome,
            nowMs,
            source: 'sim',
          });
          expect(record.text).not.toMatch(/undefined|NaN|\[object/);
          decideOrRefuse(hpa, seen, outcome.state, nowMs + 15_000);
        }
      }),
      { numRuns: 1500 },
    );
    // Else the generator only makes input that is refused.
    expect(decided).toBeGreaterThan(150);
  });

  test('gives a decision or a BellowsError for 10,000 pods and 50 metrics of any kind', () => {
    const cycle = <T>(list: readonly T[], length: number): T[] =>
      list.length === 0 ? [] : Array.from({ length }, (_, index) => list[index % list.length]!);
    fc.assert(
      fc.property(anyCase, ([hpa, seen, state, nowMs]) => {
        const metrics = cycle(hpa.spec.metrics ?? [], 50);
        const many = {
          ...seen,
          pods: cycle(seen.pods, 10_000).map((pod, index) => ({ ...pod, name: `pod-${index}` })),
          metrics: cycle(seen.metrics, 50),
        };
        decideOrRefuse({ ...hpa, spec: { ...hpa.spec, metrics } }, many, state, nowMs);
      }),
      { numRuns: 25 },
    );
  });

  test('keeps memory bounded by the window, however often it decides', () => {
    let state = createHpaState();
    for (let tick = 0; tick < 500; tick += 1) {
      const replicas = 3 + (tick % 4);
      const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
      const seen = observation(replicas, tick % 2 === 0 ? '30' : '1');
      state = decide(autoscaler({ behavior }), seen, state, NOW_MS + tick * 15_000).state;
    }
    expect(state.memory.recommendations!.length).toBeLessThanOrEqual(6);
    expect(state.memory.scaleUpEvents.length).toBeLessThanOrEqual(3);
    expect(state.memory.scaleDownEvents.length).toBeLessThanOrEqual(3);
  });
});
