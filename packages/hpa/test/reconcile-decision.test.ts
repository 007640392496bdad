import { expect, test } from 'vitest';
import { createHpaState, decide } from '@bellows/hpa';
import { reconcileDecision } from '../src/reconcile-decision.ts';
import { autoscaler, NOW_MS, observation } from './samples.ts';

const trace = decide(autoscaler(), observation(3, '12'), createHpaState(), NOW_MS).trace();

test('makes its trace when first asked, and once, also from a copy', () => {
  let made = 0;
  const decision = reconcileDecision({
    state: createHpaState(),
    events: [],
    error: null,
    trace: () => {
      made += 1;
      return trace;
    },
  });
  expect(made).toBe(0);
  expect({ ...decision }.trace()).toBe(trace);
  expect(decision.trace()).toBe(trace);
  expect(made).toBe(1);
});

test('writes nothing unless told', () => {
  const state = createHpaState();
  const decision = reconcileDecision({ state, events: [], error: null, trace: () => trace });
  expect(decision).toMatchObject({ scaleWrite: null, proposal: null, unwritten: null });
  expect(decision.status).toBe(state.status);
  expect(decision.conditions).toBe(state.status.conditions);
});
