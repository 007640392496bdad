import { expect, test } from 'vitest';
import { demandPart, readDemand } from '../../src/demand/autoscaler-demand.ts';
import { autoscalerOf } from '../fixtures/autoscalers.ts';

const selector = { matchLabels: { queue: 'mail' } };

test('each metric of a metrics API is demanded, with what the annotation says of it', () => {
  const described = { apiVersion: 'v1', kind: 'Service', name: 'shop' };
  const spec = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    metrics: [
      { type: 'Resource', resource: { name: 'cpu' } },
      { type: 'Pods', pods: { metric: { name: 'rps', selector } } },
      { type: 'Object', object: { metric: { name: 'queue' }, describedObject: described } },
      { type: 'External', external: { metric: { name: 'lag', selector: null } } },
    ],
  };
  const { metadata } = autoscalerOf('web', [], {
    annotation: 'rps: {series: requests_total, as: rate}',
  });
  expect(readDemand({ metadata, spec })).toEqual({
    ...{ namespace: 'shop', name: 'web', uid: 'uid-web', target: spec.scaleTargetRef },
    metrics: [
      { type: 'Pods', name: 'rps', selector, source: { series: 'requests_total', as: 'rate' } },
      { type: 'Object', name: 'queue', describedObject: described },
      { type: 'External', name: 'lag' },
    ],
  });
});

test('an annotation that is wrong is a problem with its place', () => {
  const demand = readDemand(autoscalerOf('web', ['rps'], { annotation: 'rps: {as: rat}' }));
  expect(demand.problem).toMatch(/bellows\.dev\/metrics: 1:11 rps\.as: .*Did you mean "rate"/);
  expect(demand.metrics).toMatchObject([{ type: 'Pods', name: 'rps' }]);
});

test('an autoscaler that says nothing demands nothing', () => {
  const metadata = { name: 'web' };
  const nothing = { namespace: '', name: 'web', uid: '', metrics: [] };
  const target = { apiVersion: 'v1', kind: '', name: '' };
  expect(readDemand({ metadata })).toEqual({ ...nothing, target });
  expect(readDemand({ metadata, spec: { metrics: null } })).toEqual({ ...nothing, target });
  expect(readDemand({ metadata, spec: { metrics: [{}, { pods: {} }] } }).metrics).toEqual([]);
});

test('of an autoscaler is kept what is read of it', () => {
  const autoscaler = autoscalerOf('web', ['rps'], { annotation: 'rps: {as: avg}' });
  const { metadata } = autoscaler;
  const whole = {
    ...autoscaler,
    metadata: {
      ...metadata,
      managedFields: [{}],
      annotations: { ...metadata.annotations, x: 'y' },
    },
    status: { currentReplicas: 1 },
  };
  const part = demandPart(whole);
  expect(readDemand(part)).toEqual(readDemand(whole));
  expect(JSON.stringify(part)).not.toMatch(/managedFields|status|"x"/);
});
