import { describe, expect, test } from 'vitest';
import {
  createHpaState,
  decide,
  failScaleWrite,
  toDecisionRecord,
  type HpaState,
} from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, readyPod, stateWith } from './samples.ts';

const hpa = autoscaler({ behavior: {} });

function recordOf(count: number, value: string, state: HpaState = createHpaState()) {
  const seen = observation(count, value);
  const decision = decide(hpa, seen, state, NOW_MS);
  return toDecisionRecord({
    autoscaler: hpa,
    observation: seen,
    decision,
    nowMs: NOW_MS,
    source: 'local',
  });
}

describe('toDecisionRecord', () => {
  test('writes down what was seen, what it led to and which step bound', () => {
    expect(recordOf(3, '40')).toMatchObject({
      v: 1,
      atMs: NOW_MS,
      source: 'local',
      autoscaler: { namespace: 'default', name: 'shop' },
      target: { kind: 'Deployment', name: 'shop' },
      controlVersion: '1.37.2',
      replicas: { current: 3, desired: 7, ready: 3, min: 1, max: 10 },
      inputs: [
        {
          name: 'rps',
          metric: 'pods metric rps',
          type: 'Pods',
          current: '40',
          target: '10',
          usageRatio: 4,
          proposal: 12,
          sampleAgeMs: 1000,
        },
      ],
      selected: 'pods metric rps',
      steps: [
        { name: 'proposal', in: 3, out: 12, code: 'usage-ratio' },
        { name: 'stabilization', in: 12, out: 12, code: 'no-window-holds' },
        { name: 'policy', in: 12, out: 7, code: 'policy' },
        { name: 'limits', in: 7, out: 7, code: 'not-binding' },
      ],
      binding: 'policy',
      reason: 'policy',
      verdict: 'up',
    });
  });

  test('leads from each step to the next, and from the current to the desired count', () => {
    for (const record of [recordOf(3, '40'), recordOf(8, '1'), recordOf(9, '30', stateWith())]) {
      let count = record.replicas.current;
      for (const step of record.steps) {
        expect(step.in).toBe(count);
        count = step.out;
      }
      expect(count).toBe(record.replicas.desired);
    }
  });

  test('binds at the range where the count was out of it', () => {
    expect(recordOf(12, '1')).toMatchObject({
      steps: [{ name: 'range', in: 12, out: 10, because: 'more than maxReplicas, 10' }],
      binding: 'range',
      reason: 'above-max',
      verdict: 'down',
      inputs: [],
    });
  });

  test('is blocked where nothing could be decided or written', () => {
    const seen = observation(3, '40', { metrics: [{ kind: 'failed', error: 'down' }] });
    const decision = decide(hpa, seen, createHpaState(), NOW_MS);
    const input = { autoscaler: hpa, observation: seen, nowMs: NOW_MS, source: 'sim' } as const;
    expect(toDecisionRecord({ ...input, decision })).toMatchObject({
      verdict: 'blocked',
      selected: null,
      steps: [],
      binding: null,
      reason: 'metric-unreadable',
      inputs: [
        {
          name: 'rps',
          current: {
            missing:
              'unable to get metric rps: unable to fetch metrics from custom metrics API: down',
            cause: 'down',
          },
          target: '10',
        },
      ],
      error: decision.error,
    });
    const written = decide(hpa, observation(3, '40'), createHpaState(), NOW_MS);
    const unwritten = failScaleWrite(written, 'quota');
    expect(toDecisionRecord({ ...input, decision: unwritten })).toMatchObject({
      verdict: 'blocked',
      reason: 'scale-write-failed',
      replicas: { current: 3, desired: 7 },
    });
  });

  test('counts neither terminating nor pending pods as ready', () => {
    const pods = [
      readyPod('a'),
      readyPod('b', { deletedAtMs: 1 }),
      readyPod('c', { phase: 'Pending' }),
    ];
    const seen = { ...observation(3, '10'), pods };
    const decision = decide(hpa, seen, createHpaState(), NOW_MS);
    const record = toDecisionRecord({
      autoscaler: hpa,
      observation: seen,
      decision,
      nowMs: NOW_MS,
      source: 'local',
    });
    expect(record.replicas.ready).toBe(1);
  });
});
