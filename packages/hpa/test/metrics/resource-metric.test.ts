import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeResourceMetric } from '../../src/metrics/resource-metric.ts';
import { FAILED, metricContext, metricInput, resourceReading } from '../metric-contexts.ts';
import { NOW_MS } from '../samples.ts';

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

  test('tells in the trace what a utilization came from', () => {
    expect(compute(resource({ averageUtilization: 50 })).trace()).toStrictEqual({
      metric: 'cpu resource utilization (percentage of request)',
      shortName: 'cpu',
      type: 'Resource',
      target: { kind: 'utilization', text: '50%' },
      current: { kind: 'utilization', text: '80%' },
      usageRatio: 1.6,
      tolerance: { downRatio: 0.1, upRatio: 0.1 },
      pods: { ready: 3, unready: 0, missing: 0, ignored: 0 },
      rule: 'ratio',
      countedPods: 3,
      proposal: 5,
      oldestSampleAtMs: NOW_MS - 1000,
    });
  });

  test('tells in the trace what an average came from', () => {
    expect(compute(inContainer({ averageValue: '200m' })).trace()).toMatchObject({
      metric: 'cpu resource',
      shortName: 'cpu',
      type: 'ContainerResource',
      target: { kind: 'averageValue', text: '200m' },
      current: { kind: 'averageValue', text: '400m' },
      proposal: 6,
    });
  });

  test('tells in the trace why there is no proposal', () => {
    expect(compute(resource({ averageUtilization: 50 }), FAILED).trace()).toStrictEqual({
      metric: 'cpu resource',
      shortName: 'cpu',
      type: 'Resource',
      target: { kind: 'utilization', text: '50%' },
      error:
        'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: down',
      cause: 'down',
    });
    expect(compute(resource({})).trace()).not.toHaveProperty('target');
  });

  test('tells status fields of a whole pod from those of a container', () => {
    expect(compute(resource({ averageUtilization: 50 }))).toMatchObject({
      status: {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageValue: '400m', averageUtilization: 80 } },
      },
    });
    const outcome = compute(inContainer({ averageUtilization: 50 }));
    expect(outcome.ok && outcome.status).toStrictEqual({
      type: 'ContainerResource',
      containerResource: {
        name: 'cpu',
        container: 'app',
        current: { averageValue: '400m', averageUtilization: 80 },
      },
    });
    const average = compute(resource({ averageValue: '200m' }));
    expect(average.ok && average.status).toStrictEqual({
      type: 'Resource',
      resource: { name: 'cpu', current: { averageValue: '400m' } },
    });
  });

  test('names the target where it cannot be read', () => {
    expect(() => compute(resource({ averageValue: 'much' }))).toThrow(
      expect.objectContaining({ place: { field: 'target.averageValue' } }),
    );
  });
});
