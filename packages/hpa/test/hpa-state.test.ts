import { expect, test } from 'vitest';
import { createHpaState, forgetMemory } from '@bellows/hpa';
import { stateWith } from './samples.ts';

test('a new HPA has an empty status and no memory', () => {
  expect(createHpaState()).toEqual({
    status: {
      currentReplicas: 0,
      desiredReplicas: 0,
      lastScaleTimeMs: null,
      currentMetrics: null,
      conditions: [],
    },
    memory: { recommendations: null, scaleUpEvents: [], scaleDownEvents: [] },
  });
});

test('a restart of the controller keeps the status and loses the memory', () => {
  const state = stateWith([10, 5]);
  expect(forgetMemory(state)).toEqual({ status: state.status, memory: createHpaState().memory });
});
