import { describe, expect, test } from 'vitest';
import {
  countedValues,
  groupCounts,
  perPodReplicas,
  type PerPodInput,
} from '../src/per-pod-replicas.ts';
import { measureAverage, measureUtilization } from '../src/per-pod-usage.ts';

const TARGET_MILLI = 100;

/** Values of ready pods, with so many unready and missing pods beside them. */
function input(
  values: readonly number[],
  changes: { unready?: number; missing?: number; current?: number; readyCount?: number } = {},
): PerPodInput {
  const names = (stem: string, count = 0) =>
    new Set(Array.from({ length: count }, (_, index) => `${stem}-${index}`));
  return {
    currentReplicas: changes.current ?? values.length,
    values: new Map(values.map((valueMilli, index) => [`ready-${index}`, { valueMilli }])),
    groups: {
      readyCount: changes.readyCount ?? values.length,
      unready: names('unready', changes.unready),
      missing: names('missing', changes.missing),
      ignored: new Set(),
    },
    tolerances: { downRatio: 0.1, upRatio: 0.1 },
    measure: (measured) => measureAverage(measured, TARGET_MILLI),
    missingOnScaleDownMilli: () => TARGET_MILLI,
  };
}

describe('perPodReplicas', () => {
  test('multiplies in float64: 11 over 5 with 50 pods is 111, not 110', () => {
    const proposal = perPodReplicas({
      ...input(Array(50).fill(11) as number[]),
      measure: (values) => measureAverage(values, 5),
    });
    expect(proposal).toMatchObject({ value: { replicas: 111, rule: 'ratio' } });
  });

  test('scales down under load where fewer pods exist than were asked for', () => {
    // 4 of 10 pods exist, each at 150 %: 6 are enough by the rule, though 10 were wanted.
    expect(perPodReplicas(input([150, 150, 150, 150], { current: 10 }))).toMatchObject({
      value: { replicas: 6 },
    });
  });

  test('counts unready pods as idle on the way up', () => {
    const proposal = perPodReplicas(input([300, 300], { unready: 1, current: 3 }));
    expect(proposal).toMatchObject({
      value: { replicas: 6, rule: 'correctedRatio', correctedRatio: 2, countedPods: 3 },
    });
  });

  test('on target has nothing to correct, whatever is not ready', () => {
    expect(perPodReplicas(input([100, 100], { unready: 1 }))).toMatchObject({
      value: { replicas: 2, rule: 'withinTolerance' },
    });
  });

  test('asks for the count there is where the corrected ratio says so', () => {
    const proposal = perPodReplicas(input([300, 300], { missing: 2, current: 6 }));
    expect(proposal).toMatchObject({
      value: { replicas: 6, rule: 'correctedRatio', correctedRatio: 1.5, countedPods: 4 },
    });
  });

  test('fails where the values cannot be measured with the missing pods’ counted in', () => {
    const requests = new Map([
      ['ready-0', 500],
      ['missing-0', -500],
    ]);
    const proposal = perPodReplicas({
      ...input([600], { missing: 1 }),
      measure: (values) => measureUtilization(values, requests, 100),
    });
    expect(proposal).toMatchObject({
      ok: false,
      error: 'no metrics returned matched known pods',
    });
  });

  test('does not count unready pods on the way down', () => {
    expect(perPodReplicas(input([40, 40], { unready: 8, current: 10 }))).toMatchObject({
      value: { replicas: 1, rule: 'ratio' },
    });
  });

  test('counts missing pods as on target on the way down', () => {
    expect(perPodReplicas(input([20], { missing: 3, current: 4 }))).toMatchObject({
      value: { replicas: 4, correctedRatio: 0.8, rule: 'correctedRatio' },
    });
  });

  test('keeps the count where the correction leads into tolerance or turns around', () => {
    expect(perPodReplicas(input([210], { missing: 1, current: 2 }))).toMatchObject({
      value: { replicas: 2, rule: 'correctedWithinTolerance' },
    });
    expect(perPodReplicas(input([150], { missing: 1, current: 2 }))).toMatchObject({
      value: { replicas: 2, rule: 'correctedDirectionChanged' },
    });
  });

  test('keeps the count where the corrected proposal points the other way than its ratio', () => {
    expect(perPodReplicas(input([400], { missing: 1, current: 9 }))).toMatchObject({
      value: { replicas: 9, rule: 'correctedAgainstCount' },
    });
  });

  test('leaves missing pods out at a ratio of exactly 1', () => {
    expect(perPodReplicas(input([100], { missing: 5, current: 6 }))).toMatchObject({
      value: { replicas: 6, correctedRatio: 1 },
    });
  });
});

describe('countedValues', () => {
  const sample = { valueMilli: 1, atMs: 0, windowMs: 0 };
  const samples = new Map(['ready', 'stranger', 'unready', 'ignored'].map((pod) => [pod, sample]));
  const groups = {
    readyCount: 1,
    unready: new Set(['unready']),
    missing: new Set<string>(),
    ignored: new Set(['ignored']),
  };

  test('drops unready and ignored pods, and keeps those that nobody knows', () => {
    const values = countedValues(samples, groups);
    expect(values).toEqual({
      ok: true,
      value: new Map([
        ['ready', sample],
        ['stranger', sample],
      ]),
    });
  });

  test('fails where nothing is left', () => {
    const only = new Map([['unready', sample]]);
    expect(countedValues(only, groups)).toMatchObject({
      ok: false,
      error: 'did not receive metrics for targeted pods (pods might be unready)',
    });
  });

  test('groupCounts says how many there are of each', () => {
    expect(groupCounts(groups)).toEqual({ ready: 1, unready: 1, missing: 0, ignored: 1 });
  });
});
