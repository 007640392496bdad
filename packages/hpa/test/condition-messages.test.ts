import { expect, test } from 'vitest';
import {
  failedMetric,
  failedUpdateScale,
  invalidSelector,
  scalingLimited,
  succeededRescale,
  validMetricFound,
} from '../src/condition-messages.ts';

test('words conditions as Kubernetes does', () => {
  expect(
    [
      failedUpdateScale('no'),
      succeededRescale(4),
      validMetricFound('pods metric rps'),
      failedMetric('FailedGetPodsMetric', 'none'),
      invalidSelector('AmbiguousSelector', 'two'),
    ].map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`),
  ).toEqual([
    'AbleToScale=False FailedUpdateScale: the HPA controller was unable to update the target scale: no',
    'AbleToScale=True SucceededRescale: the HPA controller was able to update the target scale to 4',
    'ScalingActive=True ValidMetricFound: the HPA was able to successfully calculate a replica count from pods metric rps',
    'ScalingActive=False FailedGetPodsMetric: the HPA was unable to compute the replica count: none',
    'ScalingActive=False AmbiguousSelector: two',
  ]);
});

test('ScalingLimited is True only where the count was cut', () => {
  expect(scalingLimited({ in: 9, out: 9, reason: 'DesiredWithinRange' }).status).toBe('False');
  expect(scalingLimited({ in: 9, out: 5, reason: 'TooManyReplicas' })).toMatchObject({
    status: 'True',
    message: 'the desired replica count is more than the maximum replica count',
  });
});
