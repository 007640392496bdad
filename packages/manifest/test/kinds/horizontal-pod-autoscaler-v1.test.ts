import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../src/index.ts';
import { hpaText } from '../fixtures/manifest-texts.ts';
import { problemsOf } from '../fixtures/problems-of.ts';

function v1Text(spec: string): string {
  return hpaText(spec).replace('autoscaling/v2', 'autoscaling/v1');
}

describe('horizontalPodAutoscalerV1Kind', () => {
  test.each([
    ['maxReplicas: 5\ntargetCPUUtilizationPercentage: 60', 60],
    ['maxReplicas: 5', 80],
  ])('reads %s as v2', (spec, averageUtilization) => {
    const [object] = parseManifests([{ file: '-', text: v1Text(spec) }]).objects;
    expect(object).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
          },
        ],
      },
    });
  });

  test('refuses a target below one percent, and fields of v2', () => {
    expect(problemsOf(v1Text('maxReplicas: 5\ntargetCPUUtilizationPercentage: 0'))).toEqual([
      '8:35 spec.targetCPUUtilizationPercentage: Invalid value: 0: must be greater than 0.',
    ]);
    expect(problemsOf(v1Text('maxReplicas: 5\nbehavior: {}'))[0]).toContain(
      'spec.behavior: unknown field "behavior"',
    );
  });
});
