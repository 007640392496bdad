import { describe, expect, test } from 'vitest';
import { endpointSlices } from '../../src/service/endpoint-slices.ts';
import { NOW_MS, podStatus, service } from '../fixtures/objects.ts';

const conditionsOf = (...args: Parameters<typeof endpointSlices>): unknown[] =>
  endpointSlices(...args).flatMap(({ endpoints }) => endpoints.map(({ conditions }) => conditions));

describe('conditions', () => {
  test('a ready pod is ready and serving', () => {
    expect(conditionsOf(service(), [podStatus()])).toEqual([
      { ready: true, serving: true, terminating: false },
    ]);
  });

  test('a terminating pod that still answers its probe serves, but is not ready', () => {
    expect(conditionsOf(service(), [podStatus({ deletionTimestampMs: NOW_MS })])).toEqual([
      { ready: false, serving: true, terminating: true },
    ]);
  });

  test('a pod that is not ready neither serves nor is ready', () => {
    expect(conditionsOf(service(), [podStatus({ ready: false })])).toEqual([
      { ready: false, serving: false, terminating: false },
    ]);
  });

  test('publishNotReadyAddresses makes every pod ready', () => {
    const published = service({ publishNotReadyAddresses: true });
    expect(conditionsOf(published, [podStatus({ ready: false })])).toEqual([
      { ready: true, serving: false, terminating: false },
    ]);
  });
});

describe('ports', () => {
  const portsOf = (...args: Parameters<typeof endpointSlices>): unknown[] =>
    endpointSlices(...args).map(({ ports }) => ports);

  test('a named target port is the pod’s own, and pods with different ones stand in different slices', () => {
    const other = podStatus({
      name: 'shop-other',
      container: { ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }] },
    });
    const slices = endpointSlices(service(), [
      podStatus({ name: 'a' }),
      other,
      podStatus({ name: 'b' }),
    ]);
    expect(
      slices.map(({ ports, endpoints }) => [
        ports,
        endpoints.map(({ targetRef }) => targetRef.name),
      ]),
    ).toEqual([
      [[{ name: '', port: 8080 }], ['a', 'b']],
      [[{ name: '', port: 3000 }], ['shop-other']],
    ]);
  });

  test('a pod without the named port stands in a slice without it', () => {
    expect(portsOf(service(), [podStatus({ container: { ports: [] } })])).toEqual([[]]);
  });

  test('a numeric target port needs no declaration', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 9999, protocol: 'TCP' as const }];
    expect(portsOf(service({ ports }), [podStatus()])).toEqual([[{ name: 'http', port: 9999 }]]);
  });

  test('the real port is used where the machine gives each pod its own', () => {
    expect(portsOf(service(), [podStatus({ portMap: { 8080: 40_001 } })])).toEqual([
      [{ name: '', port: 40_001 }],
    ]);
  });
});

describe('selection', () => {
  test('pods that ended, have no address, or have other labels are left out', () => {
    const pods = [
      podStatus({ phase: 'Failed' }),
      podStatus({ phase: 'Succeeded' }),
      podStatus({ podIP: '' }),
      podStatus({ labels: { app: 'other' } }),
    ];
    expect(endpointSlices(service(), pods)).toEqual([]);
  });

  test('a Service without selector selects nothing', () => {
    expect(endpointSlices(service({ selector: {} }), [podStatus()])).toEqual([]);
  });
});
