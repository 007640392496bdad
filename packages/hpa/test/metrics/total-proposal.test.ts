import { expect, test } from 'vitest';
import { averageTotal, readTime, valueTotal } from '../../src/metrics/total-proposal.ts';

const tolerances = { downRatio: 0.1, upRatio: 0.1 };
const details = { tolerances, atMs: 5000 };

test('reports a Value as value and an AverageValue as averageValue', () => {
  const value = {
    replicas: 4,
    rule: 'ratio',
    countedPods: 2,
    usageRatio: 2,
    totalMilli: 20_000,
  } as const;
  const total = valueTotal(value, details);
  expect(total).toMatchObject({ replicas: 4, current: { value: '20' } });
  expect(total.trace()).toEqual({
    current: { kind: 'value', text: '20' },
    usageRatio: 2,
    tolerance: tolerances,
    rule: 'ratio',
    proposal: 4,
    countedPods: 2,
    oldestSampleAtMs: 5000,
  });
  const average = { replicas: 4, rule: 'total', usageRatio: 2, averageMilli: 500 } as const;
  const perPod = averageTotal(average, { ...details, atMs: undefined });
  expect(perPod.current).toEqual({ averageValue: '500m' });
  expect(perPod.trace()).toStrictEqual({
    current: { kind: 'averageValue', text: '500m' },
    usageRatio: 2,
    tolerance: tolerances,
    rule: 'total',
    proposal: 4,
  });
});

test('reads a time that is known and refuses one that is not finite', () => {
  expect(readTime(undefined)).toBeUndefined();
  expect(readTime(1500)).toBe(1000);
  expect(() => readTime(Infinity)).toThrow(/time of the value .*finite/);
});
