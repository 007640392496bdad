import { expect, test } from 'vitest';
import { createHpaState, PROFILE_1_37 } from '@bellows/hpa';
import { hold, rescale, stop } from '../src/outcomes.ts';
import { Reconcile } from '../src/reconcile.ts';
import { autoscaler, NOW_MS } from './samples.ts';

const create = () => new Reconcile(autoscaler(), PROFILE_1_37, createHpaState(), NOW_MS);

test('stop decides nothing and carries its error', () => {
  const reconcile = create();
  const trace = () => ({ path: 'scaleUnreadable', currentReplicas: null }) as const;
  const state = reconcile.stateWithConditions();
  const decision = stop(reconcile, { state, error: 'no', trace });
  expect(decision).toMatchObject({ scaleWrite: null, error: 'no', unwritten: null });
  expect(decision.trace()).toMatchObject({
    path: 'scaleUnreadable',
    desiredReplicas: null,
    minReplicas: 1,
    maxReplicas: 10,
  });
});

test('hold reports the count as desired', () => {
  const trace = () => ({ path: 'disabledAtZero', currentReplicas: 0 }) as const;
  const decision = hold(create(), { replicas: 0, currentMetrics: null, trace });
  expect(decision).toMatchObject({ scaleWrite: null, error: null });
  expect(decision.trace().desiredReplicas).toBe(0);
  expect(decision.status).toMatchObject({ currentReplicas: 0, desiredReplicas: 0 });
});

test('rescale writes, with both outcomes at hand', () => {
  const trace = () => ({ path: 'aboveMax', currentReplicas: 12 }) as const;
  const plan = { from: 12, to: 10, minReplicas: 1, reason: 'because', currentMetrics: null };
  const decision = rescale(create(), plan, { trace });
  expect(decision.scaleWrite).toBe(10);
  expect(decision.status.desiredReplicas).toBe(10);
  expect(decision.unwritten).toMatchObject({ replicas: 10, reason: 'because', events: [] });
});
