import { expect, test } from 'vitest';
import { serviceVariables, type ApiService } from '../../src/node/service-variables.ts';

function service(namespace: string, name: string, clusterIP: string): ApiService {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'dns', port: 53, protocol: 'UDP' },
  ];
  return { metadata: { namespace, name }, spec: { clusterIP, ports } };
}

const SERVICES = [
  service('shop', 'web', '10.0.0.7'),
  service('shop', 'headless', 'None'),
  service('other', 'db', '10.0.0.8'),
  service('default', 'kubernetes', '10.0.0.1'),
];

test('a pod finds the Services of its namespace, and the API server', () => {
  const variables = serviceVariables(SERVICES, 'shop', true);
  expect(variables).toMatchObject({
    ...{ WEB_SERVICE_HOST: '10.0.0.7', WEB_SERVICE_PORT: '80', WEB_SERVICE_PORT_HTTP: '80' },
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
  });
  const others = Object.keys(variables).filter((name) => /^(DB|HEADLESS)_|_53_/.test(name));
  expect(others).toEqual([]);
});

test('a pod that wants no links finds the API server only', () => {
  const names = Object.keys(serviceVariables(SERVICES, 'shop', false));
  expect(names.every((name) => name.startsWith('KUBERNETES_'))).toBe(true);
  expect(names).toContain('KUBERNETES_SERVICE_PORT');
});
