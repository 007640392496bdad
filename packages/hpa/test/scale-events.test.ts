import { describe, expect, test } from 'vitest';
import { createHpaState, type HpaMemory, type ScaleEventMemory } from '@bellows/hpa';
import { rememberScaleEvent } from '../src/scale-events.ts';

const behavior = {
  scaleUp: { policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }] },
  scaleDown: { policies: [{ type: 'Percent', value: 10, periodSeconds: 30 }] },
} as const;
const { memory: empty } = createHpaState();
const event = (seconds: number, replicaChange: number, outdated = false): ScaleEventMemory => ({
  atMs: seconds * 1000,
  replicaChange,
  outdated,
});

describe('rememberScaleEvent', () => {
  test('stores the change in the list of its direction', () => {
    expect(rememberScaleEvent(empty, behavior, { from: 2, to: 5, atMs: 0 })).toMatchObject({
      scaleUpEvents: [event(0, 3)],
      scaleDownEvents: [],
    });
    expect(rememberScaleEvent(empty, behavior, { from: 5, to: 1, atMs: 0 })).toMatchObject({
      scaleUpEvents: [],
      scaleDownEvents: [event(0, 4)],
    });
  });

  test('remembers the change of a behavior without rules, and marks all that is older', () => {
    const memory: HpaMemory = { ...empty, scaleUpEvents: [event(1, 2)] };
    expect(rememberScaleEvent(memory, {}, { from: 2, to: 5, atMs: 1000 }).scaleUpEvents).toEqual([
      event(1, 2),
      event(1, 3),
    ]);
    expect(rememberScaleEvent(memory, {}, { from: 2, to: 5, atMs: 2000 }).scaleUpEvents).toEqual([
      event(2, 3),
    ]);
  });

  test('remembers nothing without behavior', () => {
    expect(rememberScaleEvent(empty, undefined, { from: 2, to: 5, atMs: 0 })).toBe(empty);
  });

  test('marks what is older than the longest period, and reuses the last slot so marked', () => {
    const memory: HpaMemory = { ...empty, scaleUpEvents: [event(0, 1), event(1, 2), event(5, 3)] };
    const { scaleUpEvents } = rememberScaleEvent(memory, behavior, {
      from: 1,
      to: 2,
      atMs: 62_000,
    });
    expect(scaleUpEvents).toEqual([event(0, 1, true), event(62, 1), event(5, 3)]);
  });

  test('keeps a mark although the period has become longer', () => {
    const memory: HpaMemory = { ...empty, scaleUpEvents: [event(50, 1, true)] };
    const { scaleUpEvents } = rememberScaleEvent(memory, behavior, {
      from: 1,
      to: 2,
      atMs: 60_000,
    });
    expect(scaleUpEvents).toEqual([event(60, 1)]);
  });

  test('does not mark an event exactly as old as the period', () => {
    const memory: HpaMemory = { ...empty, scaleUpEvents: [event(0, 1)] };
    const { scaleUpEvents } = rememberScaleEvent(memory, behavior, {
      from: 1,
      to: 2,
      atMs: 60_000,
    });
    expect(scaleUpEvents).toEqual([event(0, 1), event(60, 1)]);
  });
});
