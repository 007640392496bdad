import { observeMetric } from '@bellows/hpa';
import { expect, test } from 'vitest';

const timestamp = '1970-01-01T00:00:01Z';
const target = { type: 'AverageValue', averageValue: '1' } as const;
const metric = { name: 'lag' };

test('usage keeps the containers that did not report the resource', () => {
  const spec = { type: 'Resource', resource: { name: 'cpu', target } } as const;
  const containers = [
    { name: 'main', usage: { cpu: '70m' } },
    { name: 'idle', usage: {} },
  ];
  const item = { metadata: { name: 'a' }, timestamp, window: '15s', containers };
  expect(observeMetric(spec, [item, { metadata: { name: 'b' } }])).toEqual({
    kind: 'resource',
    pods: [
      {
        ...{ pod: 'a', atMs: 1000, windowMs: 15_000 },
        containers: [{ name: 'main', usage: '70m' }, { name: 'idle' }],
      },
      { pod: 'b', atMs: 0, windowMs: 0, containers: [] },
    ],
  });
});

test('values of pods keep their pod and their window', () => {
  const spec = { type: 'Pods', pods: { metric, target } } as const;
  const items = [
    { describedObject: { name: 'a' }, value: '1', timestamp, windowSeconds: 15 },
    { describedObject: { name: 'b' }, value: '2', timestamp, windowSeconds: null },
  ];
  expect(observeMetric(spec, items)).toEqual({
    kind: 'pods',
    values: [
      { pod: 'a', value: '1', atMs: 1000, windowMs: 15_000 },
      { pod: 'b', value: '2', atMs: 1000 },
    ],
  });
});

test('an object has one value, or the failure that the controller’s client tells of', () => {
  const describedObject = { kind: 'Service', name: 'a' };
  const spec = { type: 'Object', object: { metric, target, describedObject } } as const;
  expect(observeMetric(spec, [{ value: '1', timestamp }])).toEqual({
    ...{ kind: 'object', value: '1', atMs: 1000 },
  });
  expect(observeMetric(spec, [])).toEqual({
    kind: 'failed',
    error: 'no metrics returned from custom metrics API',
  });
});

test('external series are as old as the oldest', () => {
  const spec = { type: 'External', external: { metric, target } } as const;
  const items = [
    { value: '1', timestamp: '1970-01-01T00:00:02Z' },
    { value: '2', timestamp },
  ];
  expect(observeMetric(spec, items)).toEqual({ kind: 'external', series: ['1', '2'], atMs: 1000 });
  expect(observeMetric(spec, [])).toEqual({ kind: 'external', series: [] });
});
