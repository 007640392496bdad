import { describe, expect, test } from 'vitest';
import { defaultHpaSpec, type HpaSpec } from '@bellows/hpa';
import { deepFreeze } from './samples.ts';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };

describe('defaultHpaSpec', () => {
  test('aims at 80 % of the CPU requests with at least one replica', () => {
    expect(defaultHpaSpec({ scaleTargetRef, maxReplicas: 5 })).toEqual({
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    });
  });

  test('fills both directions of an empty behavior, and leaves the scale-down window to the controller', () => {
    expect(defaultHpaSpec({ scaleTargetRef, maxReplicas: 5, behavior: {} }).behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    });
  });

  test('replaces policies as a whole, and keeps an empty list for validation to refuse', () => {
    const scaleUp = { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } as const;
    const scaleDown = { policies: [] };
    const { behavior } = defaultHpaSpec({
      scaleTargetRef,
      maxReplicas: 5,
      behavior: { scaleUp, scaleDown },
    });
    expect(behavior?.scaleUp?.policies).toEqual(scaleUp.policies);
    expect(behavior?.scaleDown?.policies).toEqual([]);
  });

  test('writes quantities in canonical form, and leaves what is none', () => {
    const spec: HpaSpec = {
      scaleTargetRef,
      maxReplicas: 5,
      minReplicas: 0,
      metrics: [
        {
          type: 'External',
          external: {
            metric: { name: 'queue' },
            target: { type: 'Value', value: '0.5', averageValue: 'many' },
          },
        },
      ],
      behavior: { scaleUp: { tolerance: '0.059' } },
    };
    const result = defaultHpaSpec(deepFreeze(spec));
    expect(result.minReplicas).toBe(0);
    expect(result.metrics?.[0]?.external?.target).toEqual({
      type: 'Value',
      value: '500m',
      averageValue: 'many',
    });
    expect(result.behavior?.scaleUp?.tolerance).toBe('59m');
    expect(defaultHpaSpec(result)).toEqual(result);
  });

  test('leaves a quantity as it was where the API server takes it for canonical', () => {
    const result = defaultHpaSpec({
      scaleTargetRef,
      maxReplicas: 5,
      behavior: { scaleUp: { tolerance: '1.001' }, scaleDown: { tolerance: '0.001' } },
    });
    expect(result.behavior?.scaleUp?.tolerance).toBe('1.001');
    expect(result.behavior?.scaleDown?.tolerance).toBe('1m');
  });
});
