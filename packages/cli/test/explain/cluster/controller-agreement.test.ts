import { decide, defaultHpaSpec, PROFILE_1_37, type HpaSpec } from '@bellows/hpa';
import { expect, test } from 'vitest';
import type { ApiHpa } from '@bellows/hpa';
import { assumedState } from '../../../src/explain/cluster/assumed-state.ts';
import {
  compareWithController,
  type ControllerAgreement,
} from '../../../src/explain/cluster/controller-agreement.ts';
import type { ClusterReading } from '../../../src/explain/cluster/read-cluster.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SPEC: HpaSpec = defaultHpaSpec({
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
  minReplicas: 1,
  maxReplicas: 10,
  metrics: [
    {
      type: 'External',
      external: { metric: { name: 'lag' }, target: { type: 'AverageValue', averageValue: '10' } },
    },
  ],
});

/** Four pods; the metric asks for four. */
function compare(
  status: ApiHpa['status'],
  { spec = SPEC, generation = 1 }: { spec?: HpaSpec; generation?: number } = {},
): ControllerAgreement {
  const hpa: ApiHpa = {
    metadata: { name: 'shop', namespace: 'a', generation },
    spec,
    ...(status && { status }),
  };
  const reading: ClusterReading = {
    hpa,
    autoscaler: { namespace: 'a', name: 'shop', spec, generation, profile: PROFILE_1_37 },
    observation: {
      scale: { specReplicas: 4, statusReplicas: 4, selector: 'app=shop' },
      pods: [],
      metrics: [{ kind: 'external', series: ['40'] }],
    },
    serverVersion: 'v1.37.2',
    atMs: NOW,
  };
  const { autoscaler, observation } = reading;
  const { status: ours } = decide(autoscaler, observation, assumedState(hpa, NOW), NOW);
  return compareWithController(reading, ours);
}

const written = (desiredReplicas: number, more: object = {}): ApiHpa['status'] => ({
  ...{ currentReplicas: 4, desiredReplicas, observedGeneration: 1 },
  currentMetrics: [
    { type: 'External', external: { metric: { name: 'lag' }, current: { averageValue: '10' } } },
  ],
  conditions: [
    {
      ...{ type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' },
      message: 'recommended size matches current size',
    },
    {
      ...{ type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
      message:
        'the HPA was able to successfully calculate a replica count from external metric lag(nil)',
    },
    {
      ...{ type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange' },
      message: 'the desired count is within the acceptable range',
    },
  ],
  ...more,
});

test('names nothing where all is the same', () => {
  expect(compare(written(4))).toMatchObject({ agrees: true, desiredReplicas: 4, reasons: [] });
});

test('a controller that has not looked has decided on nothing', () => {
  expect(compare(undefined)).toMatchObject({
    desiredReplicas: null,
    reasons: expect.arrayContaining(['the controller has not looked at this HPA yet']) as string[],
  });
});

const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }] } };
const spec = defaultHpaSpec({ ...SPEC, behavior: behavior as NonNullable<HpaSpec['behavior']> });

test.each([
  ['an older spec', written(3), { generation: 2 }, 'has not seen this spec yet (generation 2'],
  ['a scale just now', written(3, { lastScaleTime: '2026-11-22T11:59:50Z' }), {}, '10 s ago'],
  ['another value', written(3, { currentMetrics: [] }), {}, 'not what it was'],
  [
    'a failure of its own',
    written(3, {
      conditions: [{ type: 'ScalingActive', status: 'False', reason: 'FailedGetExternalMetric' }],
    }),
    ...[{}, 'its rights'],
  ],
  [
    'a window',
    written(3, {
      conditions: [{ type: 'AbleToScale', status: 'True', reason: 'ScaleUpStabilized' }],
    }),
    ...[{}, 'recommendations that no API shows'],
  ],
  [
    'a policy',
    written(3, { lastScaleTime: '2026-11-22T11:55:00Z' }),
    ...[{ spec }, 'policies have used up'],
  ],
  ['nothing that shows', written(3), {}, 'other flags'],
] as [string, ApiHpa['status'], Parameters<typeof compare>[1], string][])(
  'a difference may be due to %s',
  (_, status, of, reason) => {
    const { agrees, reasons } = compare(status, of);
    expect(agrees).toBe(false);
    expect(reasons.join('; ')).toContain(reason);
  },
);
