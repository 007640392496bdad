import { expect, test } from 'vitest';
import { PROFILE_1_37 } from '@bellows/hpa';

test('PROFILE_1_37 holds the controller’s defaults and cannot be changed', () => {
  expect(PROFILE_1_37).toEqual({
    version: '1.37.2',
    toleranceRatio: 0.1,
    downscaleStabilizationSeconds: 300,
    cpuInitializationSeconds: 300,
    initialReadinessDelaySeconds: 30,
    syncPeriodSeconds: 15,
    featureGates: {
      HPAConfigurableTolerance: true,
      HPAGeneration: true,
      HPAScaleToZero: true,
      PodLevelResources: true,
    },
  });
  expect(Object.isFrozen(PROFILE_1_37.featureGates)).toBe(true);
});
