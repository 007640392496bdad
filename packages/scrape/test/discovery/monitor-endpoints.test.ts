import { expect, test } from 'vitest';
import type { Monitor, Service } from '../../src/discovery/kubernetes-shapes.ts';
import { monitorEndpoints, type MonitoredPod } from '../../src/discovery/monitor-endpoints.ts';

const POD: MonitoredPod = {
  metadata: { name: 'shop-1', namespace: 'shop', labels: { app: 'shop' } },
  ports: [
    { name: 'web', containerPort: 8080 },
    { name: 'stats', containerPort: 9100 },
  ],
};
const SERVICE: Service = {
  metadata: { name: 'shop', namespace: 'shop', labels: { team: 'a' } },
  spec: {
    selector: { app: 'shop' },
    ports: [
      { name: 'http', port: 80, targetPort: 'web' },
      { name: 'bare', port: 9100 },
    ],
  },
};
const metadata = { name: 'm', namespace: 'shop' };
const selector = { matchLabels: { app: 'shop' } };

const ofPodMonitor = (spec: Monitor['spec'], namespace = 'shop'): unknown => {
  const podMonitors = [{ metadata: { ...metadata, namespace }, spec: { selector, ...spec } }];
  return monitorEndpoints({ podMonitors, serviceMonitors: [], services: [] })(POD);
};
const ofServiceMonitor = (spec: Monitor['spec'], service = SERVICE): unknown => {
  const labels = { matchLabels: { team: 'a' } };
  const serviceMonitors = [{ metadata, spec: { selector: labels, ...spec } }];
  return monitorEndpoints({ podMonitors: [], serviceMonitors, services: [service] })(POD);
};

test('a PodMonitor names port, path and scheme', () => {
  expect(
    ofPodMonitor({
      podMetricsEndpoints: [
        { port: 'stats', path: '/stats', scheme: 'HTTPS' },
        { portNumber: 7000 },
        { targetPort: 'web' },
      ],
    }),
  ).toEqual([
    { port: 9100, path: '/stats', scheme: 'https' },
    { port: 7000, path: '/metrics', scheme: 'http' },
    { port: 8080, path: '/metrics', scheme: 'http' },
  ]);
});

test('a port that the pod has not, one that is none, and none at all are left out', () => {
  const podMetricsEndpoints = [
    { port: 'other' },
    { portNumber: 70_000 },
    {},
    { port: 'web', scheme: 'x' },
  ];
  expect(ofPodMonitor({ podMetricsEndpoints })).toEqual([]);
});

test('a monitor selects in its own namespace, in those it names, or in all', () => {
  const podMetricsEndpoints = [{ port: 'stats' }];
  const found = [{ port: 9100, path: '/metrics', scheme: 'http' }];
  expect(ofPodMonitor({ podMetricsEndpoints }, 'other')).toEqual([]);
  const matchNames = ['shop'];
  expect(ofPodMonitor({ podMetricsEndpoints, namespaceSelector: { matchNames } }, 'other')).toEqual(
    found,
  );
  expect(ofPodMonitor({ podMetricsEndpoints, namespaceSelector: { any: true } }, 'other')).toEqual(
    found,
  );
});

test('one that selects other labels, or whose selector is none, selects nothing', () => {
  const podMetricsEndpoints = [{ port: 'stats' }];
  expect(ofPodMonitor({ podMetricsEndpoints, selector: { matchLabels: { app: 'x' } } })).toEqual(
    [],
  );
  const broken = { matchExpressions: [{ key: 'app', operator: 'In' as const, values: [] }] };
  expect(ofPodMonitor({ podMetricsEndpoints, selector: broken })).toEqual([]);
});

test('a ServiceMonitor names a port of the Service, which leads to the pod’s', () => {
  expect(
    ofServiceMonitor({
      endpoints: [{ port: 'http', path: '/m' }, { port: 'bare' }, { targetPort: 'stats' }],
    }),
  ).toEqual([
    { port: 8080, path: '/m', scheme: 'http' },
    { port: 9100, path: '/metrics', scheme: 'http' },
    { port: 9100, path: '/metrics', scheme: 'http' },
  ]);
});

test('a Service without selector, of other pods or of another namespace leads nowhere', () => {
  const spec = { endpoints: [{ port: 'http' }] };
  expect(ofServiceMonitor(spec, { ...SERVICE, spec: { ...SERVICE.spec, selector: {} } })).toEqual(
    [],
  );
  expect(
    ofServiceMonitor(spec, { ...SERVICE, spec: { ...SERVICE.spec, selector: { app: 'x' } } }),
  ).toEqual([]);
  const elsewhere = { ...SERVICE, metadata: { ...SERVICE.metadata, namespace: 'x' } };
  expect(ofServiceMonitor({ ...spec, namespaceSelector: { any: true } }, elsewhere)).toEqual([]);
});
