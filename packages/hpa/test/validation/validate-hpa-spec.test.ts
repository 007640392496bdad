import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultHpaSpec, PROFILE_1_37, validateHpaSpec } from '@bellows/hpa';
import { anySpec } from '../arbitraries.ts';
import { autoscaler, deepFreeze, QUEUE_METRIC } from '../samples.ts';

const { spec } = autoscaler();
const texts = (changes: object, profile = PROFILE_1_37) =>
  validateHpaSpec({ ...spec, ...changes }, { profile }).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('validateHpaSpec', () => {
  test('finds nothing wrong with a good spec', () => {
    expect(validateHpaSpec(spec)).toEqual([]);
  });

  test('finds all problems at once', () => {
    expect(
      texts({
        maxReplicas: 0,
        scaleTargetRef: {},
        metrics: [{ type: 'Pods' }],
        behavior: { scaleUp: {} },
      }),
    ).toEqual([
      'spec.maxReplicas: Required value: must be set and greater than 0',
      'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
      'spec.scaleTargetRef.kind: Required value',
      'spec.scaleTargetRef.name: Required value',
      'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
      'spec.metrics[0].pods: Required value: must populate information for the given metric source',
      'spec.behavior.scaleUp.policies: Required value: must specify at least one Policy',
    ]);
  });

  test.each([
    [
      { minReplicas: -1 },
      ['spec.minReplicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      { minReplicas: 1, maxReplicas: -2 },
      [
        'spec.maxReplicas: Invalid value: -2: must be greater than or equal to 1',
        'spec.maxReplicas: Invalid value: -2: must be greater than or equal to `minReplicas`',
      ],
    ],
    [
      { minReplicas: 9, maxReplicas: 5 },
      ['spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`'],
    ],
    [{ maxReplicas: 1.5 }, ['spec.maxReplicas: Invalid value: 1.5: must be a 32-bit integer']],
    [
      { minReplicas: 0 },
      [
        'spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas',
      ],
    ],
    [{ minReplicas: 0, metrics: [QUEUE_METRIC] }, []],
  ])('%j', (changes, expected) => {
    expect(texts(changes)).toEqual(expected);
  });

  test('does not let the minimum be 0 with the gate off', () => {
    const featureGates = { ...PROFILE_1_37.featureGates, HPAScaleToZero: false };
    expect(
      texts({ minReplicas: 0, metrics: [QUEUE_METRIC] }, { ...PROFILE_1_37, featureGates }),
    ).toEqual(['spec.minReplicas: Invalid value: 0: must be greater than or equal to 1']);
  });

  test('allows the core group only for a ReplicationController', () => {
    const target = (kind: string) => ({ scaleTargetRef: { apiVersion: 'v1', kind, name: 'web' } });
    expect(texts(target('ReplicationController'))).toEqual([]);
    expect(texts(target('Deployment'))).toEqual([
      'spec.scaleTargetRef.apiVersion: Invalid value: "v1": apiVersion must specify API group',
    ]);
  });

  test('judges any spec without an exception, and repeats itself', () => {
    fc.assert(
      fc.property(anySpec, (written) => {
        const defaulted = defaultHpaSpec(deepFreeze(written));
        expect(validateHpaSpec(deepFreeze(defaulted))).toEqual(validateHpaSpec(defaulted));
      }),
      { numRuns: 500 },
    );
  });
});
