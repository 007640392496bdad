import { describe, expect, test } from 'vitest';
import type { HpaObservation, HpaSpec } from '@bellows/hpa';
import { checkInput } from '../src/check-input.ts';
import { autoscaler, NOW_MS, observation } from './samples.ts';

/** Calls it when it is called. */
const checking =
  (...input: Parameters<typeof checkInput>) =>
  (): void => {
    checkInput(...input);
  };

const refusal = (code: string, field: string) =>
  expect.objectContaining({ code, place: { field } }) as Error;

describe('checkInput', () => {
  test('lets a defaulted spec with a reading for each metric pass', () => {
    expect(checking(autoscaler({ behavior: {} }), observation(1, '1'), NOW_MS)).not.toThrow();
  });

  test.each<[string, Partial<HpaSpec>]>([
    ['spec.maxReplicas', { maxReplicas: 1.5 }],
    ['spec.minReplicas', { minReplicas: Number.NaN }],
    [
      'spec.behavior.scaleUp.stabilizationWindowSeconds',
      { behavior: { scaleUp: { stabilizationWindowSeconds: 1e10 } } },
    ],
    [
      'spec.behavior.scaleDown.policies.value',
      {
        behavior: {
          scaleDown: { policies: [{ type: 'Pods', value: Infinity, periodSeconds: 1 }] },
        },
      },
    ],
    [
      'spec.metrics[0].target.averageUtilization',
      {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 0.5 } },
          },
        ],
      },
    ],
  ])('refuses a %s that is no int32', (field, spec) => {
    expect(checking(autoscaler(spec), observation(1, '1'), NOW_MS)).toThrow(
      refusal('ERR_HPA_SPEC', field),
    );
  });

  test('refuses a spec that was not defaulted', () => {
    const hpa = autoscaler();
    const { scaleTargetRef, maxReplicas } = hpa.spec;
    const spec = { scaleTargetRef, maxReplicas };
    expect(checking({ ...hpa, spec }, observation(1, '1'), NOW_MS)).toThrow(
      refusal('ERR_HPA_SPEC', 'spec.metrics'),
    );
  });

  test.each<[string, Partial<HpaObservation>]>([
    ['metrics', { metrics: [] }],
    ['scale.specReplicas', { scale: { specReplicas: 0.5, statusReplicas: 0, selector: '' } }],
    ['scale.statusReplicas', { scale: { specReplicas: 0, statusReplicas: 3e9, selector: '' } }],
  ])('refuses an observation with wrong %s', (field, changes) => {
    expect(checking(autoscaler(), observation(1, '1', changes), NOW_MS)).toThrow(
      refusal('ERR_HPA_OBSERVATION', field),
    );
  });

  test('refuses a time that is not finite', () => {
    expect(checking(autoscaler(), observation(1, '1'), Number.NaN)).toThrow(
      refusal('ERR_HPA_OBSERVATION', 'nowMs'),
    );
  });

  test('asks for no readings where the scale could not be read', () => {
    const seen = observation(1, '1', { scale: { error: 'gone' }, metrics: [] });
    expect(checking(autoscaler(), seen, NOW_MS)).not.toThrow();
  });
});
