import { Quantity } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import {
  nodeMetricsTable,
  podMetricsTable,
  wantsTable,
} from '../../src/api/resource-metrics-table.ts';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

describe('wantsTable', () => {
  test.each([
    [TABLE, true],
    [`${TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`, true],
    [`application/json;as=Table;v=v1beta1;g=meta.k8s.io,${TABLE}`, true],
    [`application/json,${TABLE}`, false],
    [`${TABLE};q=0.5,application/json`, false],
    [`application/vnd.kubernetes.protobuf,${TABLE}`, true],
    ['application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json', false],
    ['', false],
    ['*/*', false],
  ])('%s: %s', (accept, expected) => {
    expect(wantsTable(accept)).toBe(expected);
  });
});

describe('tables', () => {
  const one = { name: 'a', namespace: '', labels: {}, windowNs: 60_000_000_000n };
  const usage = {
    cpu: Quantity.parse('100m'),
    memory: Quantity.parse('2Ki'),
  };

  test('a pod is the sum of its containers', () => {
    const pod = {
      ...{ ...one, namespace: 'shop', labels: { app: 'a' }, createdMs: 1000 },
      containers: [
        { name: 'app', usage },
        { name: 'side', usage },
      ],
    };
    expect(podMetricsTable([pod])).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [
        { name: 'Name' },
        { name: 'cpu' },
        { name: 'memory' },
        { name: 'Window' },
      ],
      rows: [
        {
          cells: ['a', '200m', '4Ki', '1m0s'],
          object: {
            kind: 'PartialObjectMetadata',
            metadata: {
              ...{ name: 'a', namespace: 'shop', labels: { app: 'a' } },
              creationTimestamp: '1970-01-01T00:00:01Z',
            },
          },
        },
      ],
    });
  });

  test('what is not known of one container is not known of its pod', () => {
    const containers = [
      { name: 'app', usage },
      { name: 'side', usage: { cpu: usage.cpu } },
    ];
    expect(podMetricsTable([{ ...one, containers }])).toMatchObject({
      rows: [{ cells: ['a', '200m', null, '1m0s'] }],
    });
    expect(podMetricsTable([{ ...one, containers: [] }])).toMatchObject({
      rows: [{ cells: ['a', null, null, '1m0s'] }],
    });
  });

  test('a node is its own', () => {
    expect(nodeMetricsTable([{ ...one, usage }])).toMatchObject({
      rows: [{ cells: ['a', '100m', '2Ki', '1m0s'], object: { metadata: { name: 'a' } } }],
    });
    expect(nodeMetricsTable([])).toMatchObject({ rows: [] });
  });
});
