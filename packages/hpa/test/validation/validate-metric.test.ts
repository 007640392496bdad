import { expect, test } from 'vitest';
import { validateMetric } from '../../src/validation/validate-metric.ts';

const texts = (metric: object) =>
  validateMetric('m', metric).map(({ field, message }) => `${field}: ${message}`);
const target = { type: 'AverageValue', averageValue: '1' };
const pods = { metric: { name: 'rps' }, target };

test.each([
  ['Pods', { pods }],
  ['Resource', { resource: { name: 'cpu', target } }],
  ['ContainerResource', { containerResource: { name: 'cpu', container: 'app', target } }],
  ['External', { external: { metric: { name: 'queue' }, target } }],
  [
    'Object',
    {
      object: {
        metric: { name: 'hits' },
        describedObject: { kind: 'Service', name: 'web', apiVersion: 'v1' },
        target,
      },
    },
  ],
])('lets a %s metric pass', (type, source) => {
  expect(texts({ type, ...source })).toEqual([]);
});

test('asks for a type that there is', () => {
  const supported =
    'supported values: "ContainerResource", "External", "Object", "Pods", "Resource"';
  expect(texts({})).toEqual([
    'm.type: Required value: must specify a metric source type',
    `m.type: Unsupported value: "": ${supported}`,
  ]);
});

test('asks for the source of the type, and for no other', () => {
  expect(texts({ type: 'Resource', pods })).toEqual([
    'm.resource: Required value: must populate information for the given metric source',
  ]);
  expect(texts({ type: 'Pods', pods, resource: { name: 'cpu', target } })).toEqual([
    'm.resource: Forbidden: must populate the given metric source only',
  ]);
});

test('reads absent parts of a source as empty ones', () => {
  expect(texts({ type: 'Pods', pods: {} })).toEqual([
    'm.pods.metric.name: Required value: must specify a metric name',
    'm.pods.target.type: Required value: must specify a metric target type',
    'm.pods.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
    'm.pods.target.averageValue: Required value: must specify a positive target averageValue',
  ]);
  expect(texts({ type: 'ContainerResource', containerResource: { target } })).toEqual([
    'm.containerResource.name: Required value: must specify a resource name',
    'm.containerResource.container: Required value: must specify a container',
  ]);
  expect(texts({ type: 'Resource', resource: { target } })).toEqual([
    'm.resource.name: Required value: must specify a resource name',
  ]);
});
