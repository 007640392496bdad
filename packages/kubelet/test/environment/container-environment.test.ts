import { BellowsError } from '@bellows/core';
import type { ConfigMap, Container, Secret } from '@bellows/manifest';
import { describe, expect, test } from 'vitest';
import { containerEnvironment } from '../../src/environment/container-environment.ts';
import { nodeContainer } from '../support/pods.ts';

const metadata = (name: string, namespace = 'default') => ({
  name,
  namespace,
  uid: 'u-1',
  labels: { app: 'shop', tier: 'web' },
  annotations: { note: 'a "b"' },
});
const source = { file: '-', line: 1 };
const configMap = (name: string, data: Record<string, string>, namespace?: string): ConfigMap => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: metadata(name, namespace),
  source,
  data,
});
const secret: Secret = {
  kind: 'Secret',
  apiVersion: 'v1',
  metadata: metadata('keys'),
  source,
  data: { token: Buffer.from('s3cret') },
};
const configMaps = [
  configMap('settings', { color: 'red', 'log.level': 'info' }),
  configMap('elsewhere', { color: 'blue' }, 'other'),
];

const environmentOf = (container: Partial<Container>): Record<string, string> => {
  const whole = nodeContainer([''], container);
  const variables = containerEnvironment(whole, {
    pod: {
      metadata: metadata('pod-1'),
      podIP: '127.9.0.1',
      node: { name: 'node-1', address: '10.0.0.1' },
    },
    containers: [whole],
    configMaps,
    secrets: [secret],
    given: new Map([['SHOP_SERVICE_HOST', '127.0.0.1']]),
  });
  return Object.fromEntries(variables);
};

describe('containerEnvironment', () => {
  test('lets env win over envFrom, and both over what is given', () => {
    expect(
      environmentOf({
        envFrom: [
          { configMapRef: { name: 'settings' } },
          { prefix: 'K_', secretRef: { name: 'keys' } },
        ],
        env: [
          { name: 'color', value: 'green' },
          { name: 'SHOP_SERVICE_HOST', value: 'x' },
        ],
      }),
    ).toEqual({ SHOP_SERVICE_HOST: 'x', color: 'green', 'log.level': 'info', K_token: 's3cret' });
  });

  test('expands what stands before, not what comes after', () => {
    const env = [
      { name: 'LATER', value: '$(FIRST)/$(NEXT)' },
      { name: 'FIRST', value: 'http://$(SHOP_SERVICE_HOST)' },
      { name: 'NEXT', value: '$(FIRST)/$$(FIRST)' },
      { name: 'NONE' },
    ];
    expect(environmentOf({ env })).toMatchObject({
      LATER: '$(FIRST)/$(NEXT)',
      FIRST: 'http://127.0.0.1',
      NEXT: 'http://127.0.0.1/$(FIRST)',
      NONE: '',
    });
  });

  test.each([
    ['metadata.name', 'pod-1'],
    ['metadata.namespace', 'default'],
    ['metadata.uid', 'u-1'],
    ["metadata.labels['app']", 'shop'],
    ["metadata.labels['absent']", ''],
    ["metadata.annotations['note']", 'a "b"'],
    ['metadata.labels', 'app="shop"\ntier="web"'],
    ['status.podIP', '127.9.0.1'],
    ['status.hostIP', '10.0.0.1'],
    ['spec.nodeName', 'node-1'],
  ])('reads the field %s', (fieldPath, value) => {
    expect(
      environmentOf({ env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }] }),
    ).toMatchObject({ X: value });
  });

  test.each([
    ['limits.cpu', undefined, '2'],
    ['limits.cpu', '1m', '1500'],
    ['limits.memory', '1Mi', '64'],
    ['limits.memory', undefined, '67108864'],
    ['requests.cpu', '1m', '0'],
  ])('reads the resource %s in units of %s', (resource, divisor, value) => {
    const resourceFieldRef = { resource, ...(divisor === undefined ? {} : { divisor }) };
    expect(
      environmentOf({
        resources: { limits: { cpu: '1500m', memory: '64Mi' }, requests: {} },
        env: [{ name: 'X', valueFrom: { resourceFieldRef } }],
      }),
    ).toMatchObject({ X: value });
  });

  test('leaves out what is optional and missing', () => {
    expect(
      environmentOf({
        envFrom: [{ configMapRef: { name: 'absent', optional: true } }],
        env: [
          {
            name: 'A',
            valueFrom: { configMapKeyRef: { name: 'absent', key: 'a', optional: true } },
          },
          { name: 'B', valueFrom: { secretKeyRef: { name: 'keys', key: 'b', optional: true } } },
        ],
      }),
    ).toEqual({ SHOP_SERVICE_HOST: '127.0.0.1' });
  });

  test.each<[string, Partial<Container>]>([
    ['configmap "absent" not found', { envFrom: [{ configMapRef: { name: 'absent' } }] }],
    ['configmap "elsewhere" not found', { envFrom: [{ configMapRef: { name: 'elsewhere' } }] }],
    [
      'secret "absent" not found',
      { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'absent', key: 'k' } } }] },
    ],
    [
      "couldn't find key k in ConfigMap settings",
      { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } }] },
    ],
    [
      'unsupported fieldPath: status.phase',
      { env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }] },
    ],
    [
      'container "other" not found',
      {
        env: [
          {
            name: 'X',
            valueFrom: { resourceFieldRef: { containerName: 'other', resource: 'limits.cpu' } },
          },
        ],
      },
    ],
    ['got "cpu"', { env: [{ name: 'X', valueFrom: { resourceFieldRef: { resource: 'cpu' } } }] }],
    ['names no source', { env: [{ name: 'X', valueFrom: {} }] }],
  ])('fails with %s', (message, container) => {
    const run = (): unknown => environmentOf(container);
    expect(run).toThrow(BellowsError);
    expect(run).toThrow(message);
  });
});
