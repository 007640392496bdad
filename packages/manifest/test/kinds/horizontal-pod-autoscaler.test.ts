import { describe, expect, test } from 'vitest';
import { parseManifests, type HorizontalPodAutoscaler } from '../../src/index.ts';
import { hpaText } from '../fixtures/manifest-texts.ts';
import { problemsOf } from '../fixtures/problems-of.ts';

function read(text: string): HorizontalPodAutoscaler {
  return parseManifests([{ file: '-', text }]).objects[0] as HorizontalPodAutoscaler;
}

function withOverrides(overrides: string): string {
  const annotations = `name: shop\n  annotations:\n    bellows.dev/metrics: |\n${overrides
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('')}`;
  const metrics = `maxReplicas: 5
metrics:
  - type: Pods
    pods:
      metric: { name: queue_length }
      target: { type: AverageValue, averageValue: 10 }`;
  return hpaText(metrics).replace('name: shop\n', annotations);
}

describe('horizontalPodAutoscalerKind', () => {
  test('fills in the defaults of autoscaling/v2 and writes quantities canonically', () => {
    const text = hpaText(
      'maxReplicas: 5\nmetrics: [{ type: External, external: { metric: { name: lag }, target: { type: Value, value: 1000 } } }]\nbehavior: {}',
    );
    expect(read(text).spec).toMatchObject({
      minReplicas: 1,
      metrics: [{ type: 'External', external: { target: { type: 'Value', value: '1k' } } }],
      behavior: { scaleDown: { selectPolicy: 'Max' } },
    });
  });

  test('scales on 80 % CPU when no metric is named', () => {
    expect(read(hpaText()).spec.metrics).toEqual([
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ]);
  });

  test.each([
    [
      'maxReplicas: 0',
      [
        '7:16 spec.maxReplicas: Required value: must be set and greater than 0.',
        '7:16 spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`.',
      ],
    ],
    [
      'minReplicas: 3\nmaxReplicas: 2',
      ['8:16 spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`.'],
    ],
    [
      'maxReplicas: 5\nminReplica: 2',
      ['8:3 spec.minReplica: unknown field "minReplica". Did you mean "minReplicas"?'],
    ],
    [
      'maxReplicas: 5\ntargetCPUUtilizationPercentage: 50',
      [
        '8:3 spec.targetCPUUtilizationPercentage: unknown field "targetCPUUtilizationPercentage". Known here: behavior, maxReplicas, metrics, minReplicas, scaleTargetRef.',
      ],
    ],
    [
      'maxReplicas: 5\nmetrics: [{ type: Pod }]',
      [
        '8:21 spec.metrics[0].type: Unsupported value: "Pod": supported values: "ContainerResource", "External", "Object", "Pods", "Resource". Did you mean "Pods"?',
      ],
    ],
    [
      'maxReplicas: 5\nmetrics: [{ type: Pods, pods: { metric: { name: a }, target: { type: AverageValue, averageValue: ten } } }]',
      ['8:100 spec.metrics[0].pods.target.averageValue: Invalid value: "ten": '],
    ],
    [
      'maxReplicas: 5\nbehavior: { scaleDown: { stabilizationWindowSeconds: 3601 } }',
      [
        '8:56 spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600.',
      ],
    ],
  ])('refuses %s', (spec, problems) => {
    const found = problemsOf(hpaText(spec));
    expect(found).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(found[index]).toContain(problem);
  });

  test('refuses a target without its API group', () => {
    const text = hpaText().replace('apiVersion: apps/v1, ', '');
    expect(problemsOf(text)[0]).toContain('spec.scaleTargetRef.apiVersion: Invalid value: ""');
  });

  describe('with bellows.dev/metrics', () => {
    test('takes overrides of its metrics', () => {
      expect(problemsOf(withOverrides('queue_length:\n  series: jobs_waiting'))).toEqual([]);
    });

    test('places a problem at its own line inside the annotation', () => {
      expect(problemsOf(withOverrides('queue_length:\n  serie: jobs_waiting'))).toEqual([
        '8:9 metadata.annotations[bellows.dev/metrics] queue_length.serie: unknown field "serie". Did you mean "series"?',
      ]);
    });

    test('refuses an override of a metric that it does not have', () => {
      expect(problemsOf(withOverrides('queue_lenght: { as: value }'))).toEqual([
        '6:26 metadata.annotations[bellows.dev/metrics]: "queue_lenght" is no Pods, Object or External metric of this HPA. Did you mean "queue_length"?',
      ]);
    });
  });
});
