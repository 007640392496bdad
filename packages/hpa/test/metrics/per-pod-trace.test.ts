import { expect, test } from 'vitest';
import { perPodTrace } from '../../src/metrics/per-pod-trace.ts';

test('tells ratios, pods by group and the age of the oldest sample', () => {
  const usage = { ratio: 2, averageMilli: 20 };
  const proposal = {
    replicas: 4,
    usage,
    correctedRatio: 1.5,
    countedPods: 3,
    rule: 'correctedRatio',
  } as const;
  const groups = {
    readyCount: 2,
    unready: new Set(['c']),
    missing: new Set<string>(),
    ignored: new Set<string>(),
  };
  const sample = { valueMilli: 20, windowMs: 0 };
  const samples = new Map([
    ['a', { ...sample, atMs: 9000 }],
    ['b', { ...sample, atMs: 7000 }],
  ]);
  const tolerance = { downRatio: 0.1, upRatio: 0.1 };
  expect(perPodTrace(proposal, groups, samples, tolerance)).toEqual({
    usageRatio: 2,
    correctedRatio: 1.5,
    tolerance,
    pods: { ready: 2, unready: 1, missing: 0, ignored: 0 },
    rule: 'correctedRatio',
    countedPods: 3,
    proposal: 4,
    oldestSampleAtMs: 7000,
  });
});

test('leaves out what a proposal without correction, count and samples does not have', () => {
  const proposal = {
    replicas: 2,
    usage: { ratio: 1, averageMilli: 20 },
    rule: 'withinTolerance',
  } as const;
  const none = new Set<string>();
  const groups = { readyCount: 2, unready: none, missing: none, ignored: none };
  const tolerance = { downRatio: 0.1, upRatio: 0.1 };
  expect(perPodTrace(proposal, groups, new Map(), tolerance)).toStrictEqual({
    usageRatio: 1,
    tolerance,
    pods: { ready: 2, unready: 0, missing: 0, ignored: 0 },
    rule: 'withinTolerance',
    proposal: 2,
  });
});
