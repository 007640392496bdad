import { describe, expect, test } from 'vitest';
import { loadChangeAtMs, type OfferedLoad } from '../../src/account/load-change.ts';
import { decision } from '../fixtures/run-view.ts';

const target = { metric: 'http_requests_per_second', perReplica: 20 };

/** Up from 0 to 100 a second in 100 s, and down again. */
const load: OfferedLoad = {
  points: [
    { atSeconds: 0, requestsPerSecond: 0 },
    { atSeconds: 100, requestsPerSecond: 100 },
    { atSeconds: 200, requestsPerSecond: 0 },
  ],
  startedAtMs: 1000,
  durationSeconds: 200,
};

function changeOf(from: number, to: number, decidedAtSeconds: number): number | undefined {
  const decidedAtMs = load.startedAtMs + decidedAtSeconds * 1000;
  const event = { decidedAtMs, deployment: 'shop', from, to, reason: '' };
  const atMs = loadChangeAtMs(event, decision(decidedAtMs, from, to), target, load);
  return atMs === undefined ? undefined : (atMs - load.startedAtMs) / 1000;
}

describe('loadChangeAtMs', () => {
  test('is, on the way up, when the load exceeded what the old replicas are meant to take', () => {
    expect(changeOf(1, 2, 45)).toBeCloseTo(20);
    expect(changeOf(2, 4, 60)).toBeCloseTo(40);
  });

  test('is, on the way down, when the load fell below what the new replicas are meant to take', () => {
    expect(changeOf(5, 3, 170)).toBeCloseTo(140);
    expect(changeOf(3, 1, 199)).toBeCloseTo(180);
  });

  test('is the last crossing before the decision, not one after it', () => {
    const twice: OfferedLoad = {
      ...load,
      points: [0, 30, 10, 30, 10, 30].map((requestsPerSecond, index) => ({
        atSeconds: index * 10,
        requestsPerSecond,
      })),
    };
    const event = { decidedAtMs: 36_000, deployment: 'shop', from: 1, to: 2, reason: '' };
    const atMs = loadChangeAtMs(event, decision(36_000, 1, 2), target, twice);
    expect(atMs).toBeCloseTo(1000 + 25_000);
  });

  test('is the start of a load that is too much from the first moment on', () => {
    const steady: OfferedLoad = {
      points: [{ atSeconds: 0, requestsPerSecond: 50 }],
      startedAtMs: 1000,
      durationSeconds: Infinity,
    };
    const event = { decidedAtMs: 9000, deployment: 'shop', from: 1, to: 3, reason: '' };
    expect(loadChangeAtMs(event, decision(9000, 1, 3), target, steady)).toBe(1000);
  });

  test('is not known when the load never crossed the limit', () => {
    expect(changeOf(5, 6, 150)).toBeUndefined();
  });

  test('is not known when another metric asked for more', () => {
    const record = decision(45_000, 1, 2);
    const queue = {
      name: 'queue_length',
      metric: 'pods metric queue_length',
      type: 'Pods',
      current: '9',
      target: '1',
    };
    const event = { decidedAtMs: 45_000, deployment: 'shop', from: 1, to: 2, reason: '' };
    const inputs = [...record.inputs, { ...queue, proposal: 3 }];
    expect(loadChangeAtMs(event, { ...record, inputs }, target, load)).toBeUndefined();
    expect(loadChangeAtMs(event, undefined, target, load)).toBeUndefined();
  });

  test('is the start of a constant load, and never its end where it has none', () => {
    const constant: OfferedLoad = {
      points: [{ atSeconds: 0, requestsPerSecond: 50 }],
      startedAtMs: 1000,
      durationSeconds: Infinity,
    };
    const changeAt = (from: number, to: number): number | undefined => {
      const event = { decidedAtMs: 31_000, deployment: 'shop', from, to, reason: '' };
      return loadChangeAtMs(event, decision(31_000, from, to), target, constant);
    };
    expect(changeAt(1, 3)).toBe(1000);
    expect(changeAt(3, 2)).toBeUndefined();
  });
});
