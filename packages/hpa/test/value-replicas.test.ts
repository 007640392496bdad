import { describe, expect, test } from 'vitest';
import { MAX_INT32 } from '../src/int32.ts';
import { valueReplicas } from '../src/value-replicas.ts';
import { NOW_MS, readyPod, readyPods } from './samples.ts';

describe('valueReplicas', () => {
  const tolerances = { downRatio: 0.1, upRatio: 0.1 };
  const base = { usageRatio: 1.5, currentReplicas: 4, pods: readyPods(4), tolerances };

  test('multiplies with the pods that are ready, not with the current count', () => {
    const pods = [
      readyPod('a'),
      readyPod('b', { ready: 'False' }),
      readyPod('c', { phase: 'Pending' }),
    ];
    expect(valueReplicas({ ...base, pods })).toEqual({
      ok: true,
      value: { replicas: 2, rule: 'ratio', countedPods: 1 },
    });
  });

  test('counts terminating pods that are still ready', () => {
    const pods = [...readyPods(3), readyPod('d', { deletedAtMs: NOW_MS })];
    expect(valueReplicas({ ...base, pods })).toMatchObject({ value: { replicas: 6 } });
  });

  test('keeps the count within tolerance, without a look at the pods', () => {
    expect(valueReplicas({ ...base, usageRatio: 1.1, pods: [] })).toEqual({
      ok: true,
      value: { replicas: 4, rule: 'withinTolerance' },
    });
  });

  test('fails without pods', () => {
    expect(valueReplicas({ ...base, pods: [] })).toMatchObject({
      ok: false,
      error:
        'unable to calculate ready pods: no pods returned by selector while calculating replica count',
    });
  });

  test('goes from zero to the ratio itself, without tolerance', () => {
    const fromZero = { ...base, currentReplicas: 0, pods: [] };
    expect(valueReplicas({ ...fromZero, usageRatio: 1.05 })).toMatchObject({
      value: { replicas: 2, rule: 'ratio' },
    });
    expect(valueReplicas({ ...fromZero, usageRatio: 0 })).toMatchObject({ value: { replicas: 0 } });
  });

  test('stops at the largest int32', () => {
    expect(valueReplicas({ ...base, usageRatio: 1e12 })).toMatchObject({
      value: { replicas: MAX_INT32 },
    });
  });
});
