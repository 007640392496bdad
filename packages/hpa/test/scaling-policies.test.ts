import { describe, expect, test } from 'vitest';
import { createHpaState, type ScalingPolicy, type ScalingRules } from '@bellows/hpa';
import { policyLimit } from '../src/scaling-policies.ts';
import { MAX_INT32, MIN_INT32 } from '../src/int32.ts';
import { NOW_MS } from './samples.ts';

const pods = (value: number, periodSeconds = 15): ScalingPolicy => ({
  type: 'Pods',
  value,
  periodSeconds,
});
const percent = (value: number, periodSeconds = 15): ScalingPolicy => ({
  type: 'Percent',
  value,
  periodSeconds,
});

function limit(
  direction: 'up' | 'down',
  currentReplicas: number,
  rules: ScalingRules,
  events: { up?: [number, number][]; down?: [number, number][] } = {},
): number {
  const remember = (list: [number, number][] = []) =>
    list.map(([secondsAgo, replicaChange]) => ({
      atMs: NOW_MS - secondsAgo * 1000,
      replicaChange,
      outdated: false,
    }));
  const memory = {
    ...createHpaState().memory,
    scaleUpEvents: remember(events.up),
    scaleDownEvents: remember(events.down),
  };
  return policyLimit({ direction, rules, currentReplicas, memory, nowMs: NOW_MS }).limit;
}

describe('policyLimit', () => {
  test('limits nothing without policies where the smallest change counts', () => {
    expect(limit('up', 4, { selectPolicy: 'Min' })).toBe(MAX_INT32);
    expect(limit('down', 4, { selectPolicy: 'Min' })).toBe(MIN_INT32);
  });

  const both = [pods(4), percent(100)];

  test.each([
    ['up', 'Max', 10, 20],
    ['up', 'Min', 10, 14],
    ['down', 'Max', 10, 0],
    ['down', 'Min', 10, 6],
  ] as const)('%s with %s: from %i to %i', (direction, selectPolicy, current, expected) => {
    expect(limit(direction, current, { selectPolicy, policies: both })).toBe(expected);
  });

  test('allows nothing where scaling is disabled', () => {
    expect(limit('up', 10, { selectPolicy: 'Disabled', policies: both })).toBe(10);
  });

  test('counts from where the period began, and counts changes the other way back', () => {
    const rules = { policies: [pods(4, 60)] };
    expect(limit('up', 10, rules, { up: [[30, 3]] })).toBe(11);
    expect(limit('up', 10, rules, { up: [[30, 3]], down: [[10, 2]] })).toBe(13);
  });

  test('no longer counts a change exactly as old as the period', () => {
    expect(limit('up', 10, { policies: [pods(4, 60)] }, { up: [[60, 3]] })).toBe(14);
  });

  test('rounds percent up on the way up and cuts it on the way down, in float64', () => {
    expect(limit('up', 225, { policies: [percent(8)] })).toBe(244);
    expect(limit('down', 1000, { policies: [percent(7)] })).toBe(929);
    expect(limit('down', 5, { policies: [percent(10)] })).toBe(4);
  });

  test('wraps a policy that was meant to be unlimited', () => {
    expect(limit('up', 2, { policies: [pods(MAX_INT32)] })).toBe(MIN_INT32 + 1);
  });

  test('names the first of policies that allow the same', () => {
    const chosen = (direction: 'up' | 'down', selectPolicy: 'Max' | 'Min') =>
      policyLimit({
        direction,
        rules: { selectPolicy, policies: [pods(10, 30), percent(100, 60), pods(10, 90)] },
        currentReplicas: 10,
        memory: createHpaState().memory,
        nowMs: NOW_MS,
      }).chosen?.periodSeconds;
    expect(chosen('up', 'Max')).toBe(30);
    expect(chosen('up', 'Min')).toBe(30);
    expect(chosen('down', 'Max')).toBe(30);
    expect(chosen('down', 'Min')).toBe(30);
  });

  test('without policies allows no change, and names none', () => {
    const memory = createHpaState().memory;
    const rules = {};
    expect(
      policyLimit({ direction: 'up', rules, currentReplicas: 2, memory, nowMs: NOW_MS }),
    ).toStrictEqual({ direction: 'up', selectPolicy: 'Max', limit: MIN_INT32 });
  });

  test('names the policy that set the limit', () => {
    const memory = createHpaState().memory;
    const rules = { policies: both };
    expect(
      policyLimit({ direction: 'up', rules, currentReplicas: 2, memory, nowMs: NOW_MS }),
    ).toEqual({
      direction: 'up',
      selectPolicy: 'Max',
      limit: 6,
      chosen: { type: 'Pods', value: 4, periodSeconds: 15, periodStartReplicas: 2 },
    });
  });
});
