import { describe, expect, test } from 'vitest';
import { externalAverageReplicas, objectAverageReplicas } from '../src/average-replicas.ts';
import { MAX_INT32, MIN_INT32 } from '../src/int32.ts';
import { MAX_INT64, MIN_INT64 } from '../src/int64.ts';

const base = {
  totalMilli: 35_000,
  targetMilli: 10_000,
  statusReplicas: 2,
  tolerances: { downRatio: 0.1, upRatio: 0.1 },
};

describe.each([
  ['objectAverageReplicas', objectAverageReplicas],
  ['externalAverageReplicas', externalAverageReplicas],
])('%s', (_, replicasOf) => {
  test('divides the total by the target and rounds up', () => {
    expect(replicasOf(base)).toMatchObject({ replicas: 4, rule: 'total', averageMilli: 17_500 });
  });

  test('answers the pods there are within tolerance, not those asked for', () => {
    expect(replicasOf({ ...base, statusReplicas: 4, totalMilli: 41_000 })).toMatchObject({
      replicas: 4,
      rule: 'withinTolerance',
    });
  });

  test('scales without pods, and reports an average that amd64 makes of infinity', () => {
    expect(replicasOf({ ...base, statusReplicas: 0 })).toMatchObject({
      replicas: 4,
      averageMilli: MIN_INT64,
    });
  });
});

test('only the External calculation is held at the largest int32 and int64', () => {
  const huge = { ...base, totalMilli: MAX_INT64, targetMilli: 1 };
  expect(externalAverageReplicas(huge)).toMatchObject({
    replicas: MAX_INT32,
    averageMilli: MAX_INT64,
  });
  expect(objectAverageReplicas(huge)).toMatchObject({ replicas: MIN_INT32 });
});
