import { createHpaState, observeScale, observeStatus } from '@bellows/hpa';
import { expect, test } from 'vitest';

test('a status that nobody has written is that of a new HPA', () => {
  expect(observeStatus()).toEqual(createHpaState().status);
});

test('times are milliseconds, and what is left out of a condition is empty', () => {
  const condition = { type: 'AbleToScale', status: 'True' as const };
  const status = {
    ...{ currentReplicas: 1, desiredReplicas: 2, lastScaleTime: '1970-01-01T00:00:01Z' },
    ...{ observedGeneration: 3, conditions: [condition] },
  };
  expect(observeStatus(status)).toEqual({
    ...{ currentReplicas: 1, desiredReplicas: 2, lastScaleTimeMs: 1000, observedGeneration: 3 },
    currentMetrics: null,
    conditions: [{ ...condition, reason: '', message: '', lastTransitionTimeMs: 0 }],
  });
});

test('a scale without numbers is of none', () => {
  expect(observeScale({})).toEqual({ specReplicas: 0, statusReplicas: 0, selector: '' });
  const scale = { spec: { replicas: 3 }, status: { replicas: 2, selector: 'app=shop' } };
  expect(observeScale(scale)).toEqual({
    ...{ specReplicas: 3, statusReplicas: 2, selector: 'app=shop' },
  });
});
