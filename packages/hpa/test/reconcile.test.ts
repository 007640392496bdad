import { expect, test } from 'vitest';
import { createHpaState, PROFILE_1_37 } from '@bellows/hpa';
import { SUCCEEDED_GET_SCALE } from '../src/condition-messages.ts';
import { Reconcile } from '../src/reconcile.ts';
import { autoscaler, NOW_MS } from './samples.ts';

const create = (profile = PROFILE_1_37) =>
  new Reconcile(autoscaler({}, { generation: 7 }), profile, createHpaState(), NOW_MS);

test('names its target as errors do', () => {
  expect(create().target).toBe('Deployment/default/shop');
});

test('collects events and conditions in their order, and leaves the state it came from alone', () => {
  const reconcile = create();
  reconcile.set(SUCCEEDED_GET_SCALE);
  reconcile.warn('FailedGetScale', 'no');
  reconcile.report('SuccessfulRescale', 'yes');
  expect(reconcile.events.map(({ type }) => type)).toEqual(['Warning', 'Normal']);
  expect(reconcile.stateWithConditions().status.conditions).toEqual([
    { ...SUCCEEDED_GET_SCALE, lastTransitionTimeMs: NOW_MS },
  ]);
  reconcile.remove('AbleToScale');
  expect(reconcile.conditions).toEqual([]);
  expect(createHpaState().status.conditions).toEqual([]);
});

test('keeps what an outcome does not name, and tells the generation only with its gate', () => {
  const outcome = { currentReplicas: 3, currentMetrics: null };
  expect(create().state(outcome).status).toEqual({
    currentReplicas: 3,
    desiredReplicas: 0,
    lastScaleTimeMs: null,
    observedGeneration: 7,
    currentMetrics: null,
    conditions: [],
  });
  const featureGates = { ...PROFILE_1_37.featureGates, HPAGeneration: false };
  const { status } = create({ ...PROFILE_1_37, featureGates }).state(outcome);
  expect(status).not.toHaveProperty('observedGeneration');
});
