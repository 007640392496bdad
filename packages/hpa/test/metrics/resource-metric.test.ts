import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeResourceMetric } from '../../src/metrics/resource-metric.ts';
import { FAILED, metricContext, metricInput, resourceReading } from '../metric-contexts.ts';

const resource = (target: Partial<MetricTarget>, name = 'cpu'): MetricSpec => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', ...target } },
});
const inContainer = (target: Partial<MetricTarget>, container = 'app'): MetricSpec => ({
  type: 'ContainerResource',
  containerResource: { name: 'cpu', container, target: { type: 'Utilization', ...target } },
});
const compute = (spec: MetricSpec, reading = resourceReading(3, '400m')) =>
  computeResourceMetric(metricContext(), metricInput(spec, reading));

describe('computeResourceMetric', () => {
  test('compares use with requests', () => {
    const outcome = compute(resource({ averageUtilization: 50 }));
    expect(outcome).toMatchObject({
      ok: true,
      replicas: 5,
      metric: 'cpu resource utilization (percentage of request)',
      status: {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageValue: '400m', averageUtilization: 80 } },
      },
    });
    expect(outcome.trace()).toMatchObject({
      shortName: 'cpu',
      target: { text: '50%' },
      current: { text: '80%' },
      usageRatio: 1.6,
    });
  });

  test('prefers an average value, whatever the type says', () => {
    expect(compute(resource({ averageUtilization: 50, averageValue: '200m' }))).toMatchObject({
      replicas: 6,
      metric: 'cpu resource',
      status: { resource: { current: { averageValue: '400m' } } },
    });
  });

  test('writes memory in binary units', () => {
    const spec = resource({ averageValue: '1Mi' }, 'memory');
    expect(compute(spec, resourceReading(3, '2Mi'))).toMatchObject({
      status: { resource: { current: { averageValue: '2Mi' } } },
    });
  });

  test('looks at one container where it is asked to', () => {
    expect(compute(inContainer({ averageUtilization: 50 }))).toMatchObject({
      metric: 'cpu container resource utilization (percentage of request)',
      status: { type: 'ContainerResource', containerResource: { container: 'app' } },
    });
    expect(compute(inContainer({ averageValue: '200m' }))).toMatchObject({
      metric: 'cpu resource',
    });
  });

  test.each<[string, MetricSpec, MetricReading, { reason: string; fullError: string }]>([
    [
      'the call failed',
      resource({ averageUtilization: 50 }),
      FAILED,
      {
        reason: 'FailedGetResourceMetric',
        fullError:
          'failed to get cpu resource metric value: failed to get cpu utilization: ' +
          'unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: down',
      },
    ],
    [
      'nothing came',
      resource({ averageValue: '1' }),
      resourceReading(0, '1'),
      {
        reason: 'FailedGetResourceMetric',
        fullError:
          'failed to get cpu resource metric value: failed to get cpu usage: ' +
          'unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      },
    ],
    [
      'the container is not there',
      inContainer({ averageUtilization: 50 }, 'mesh'),
      resourceReading(3, '1'),
      {
        reason: 'FailedGetContainerResourceMetric',
        fullError:
          'failed to get mesh container metric value: failed to get cpu utilization: ' +
          'did not receive metrics for targeted pods (pods might be unready)',
      },
    ],
    [
      'there is no target',
      resource({}),
      resourceReading(3, '1'),
      {
        reason: 'FailedGetResourceMetric',
        fullError:
          'failed to get cpu resource metric value: invalid resource metric source: ' +
          'neither an average utilization target nor an average value (usage) target was set',
      },
    ],
  ])('words it as upstream where %s', (_, spec, reading, failure) => {
    expect(compute(spec, reading)).toMatchObject({ ok: false, ...failure });
  });

  test('refuses a spec without its source', () => {
    expect(() => compute({ type: 'Resource' })).toThrow(/Expected resource to be set/);
    expect(() => compute({ type: 'ContainerResource' })).toThrow(/containerResource/);
  });
});
