import { describe, expect, test } from 'vitest';
import type { Condition } from '@bellows/core';
import { PROFILE_1_37 } from '@bellows/hpa';
import {
  canScaleFromZero,
  hasObjectOrExternalMetric,
  wasScaledToZero,
} from '../src/zero-replicas.ts';
import { autoscaler, QUEUE_METRIC } from './samples.ts';

const podsOnly = autoscaler().spec;
const queue = autoscaler({ metrics: [QUEUE_METRIC] }).spec;

test('hasObjectOrExternalMetric looks for a metric that exists without pods', () => {
  expect(hasObjectOrExternalMetric(podsOnly)).toBe(false);
  expect(hasObjectOrExternalMetric(queue)).toBe(true);
  const withoutMetrics = { scaleTargetRef: podsOnly.scaleTargetRef, maxReplicas: 5 };
  expect(hasObjectOrExternalMetric(withoutMetrics)).toBe(false);
});

test('wasScaledToZero asks the condition, if the gate is on', () => {
  const condition: Condition = {
    type: 'ScaledToZero',
    status: 'True',
    reason: 'ScaledToZero',
    message: '',
    lastTransitionTimeMs: 0,
  };
  const featureGates = { ...PROFILE_1_37.featureGates, HPAScaleToZero: false };
  expect(wasScaledToZero([condition], PROFILE_1_37)).toBe(true);
  expect(wasScaledToZero([], PROFILE_1_37)).toBe(false);
  expect(wasScaledToZero([condition], { ...PROFILE_1_37, featureGates })).toBe(false);
});

describe('canScaleFromZero', () => {
  test.each([
    ['someone else scaled it down', queue, { minReplicas: 0, isScaledToZero: false }, false],
    [
      'the HPA did, and a queue can call back',
      queue,
      { minReplicas: 0, isScaledToZero: true },
      true,
    ],
    [
      'the HPA did, and only pods could tell',
      podsOnly,
      { minReplicas: 0, isScaledToZero: true },
      false,
    ],
    [
      'the HPA did, and the minimum was raised since',
      podsOnly,
      { minReplicas: 2, isScaledToZero: true },
      true,
    ],
  ])('%s', (_, spec, { minReplicas, isScaledToZero }, expected) => {
    expect(canScaleFromZero(spec, minReplicas, isScaledToZero)).toBe(expected);
  });
});
