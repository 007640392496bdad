import { describe, expect, test } from 'vitest';
import { parseApiPath } from '../../src/api/request-path.ts';
import { requestAttributes } from '../../src/auth/request-attributes.ts';

const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1';
const METRICS = '/apis/metrics.k8s.io/v1beta1';

const attributes = (method: string, path: string) =>
  requestAttributes(method, path, parseApiPath(path));

describe('requestAttributes', () => {
  test.each([
    [`${CUSTOM}/namespaces/ns/pods/*/rps`, 'get', 'pods', 'rps', '*', 'ns'],
    [
      `${CUSTOM}/namespaces/ns/deployments.apps/web/age`,
      'get',
      'deployments.apps',
      'age',
      'web',
      'ns',
    ],
    [`${CUSTOM}/namespaces/ns/metrics/rps`, 'get', 'metrics', '', 'rps', 'ns'],
    [`${CUSTOM}/nodes/n-1/heat`, 'get', 'nodes', 'heat', 'n-1', ''],
    [`${EXTERNAL}/namespaces/ns/lag`, 'list', 'lag', '', '', 'ns'],
    [`${METRICS}/nodes`, 'list', 'nodes', '', '', ''],
    [`${METRICS}/nodes/n-1`, 'get', 'nodes', '', 'n-1', ''],
    [`${METRICS}/namespaces/ns/pods`, 'list', 'pods', '', '', 'ns'],
    [`${METRICS}/namespaces/ns/pods/p`, 'get', 'pods', '', 'p', 'ns'],
  ])('%s is %s of %s', (path, ...answer) => {
    const [verb, resource, subresource, name, namespace] = answer;
    const [, , apiGroup, version] = path.split('/');
    const expected = { verb, resource, subresource, name, namespace, apiGroup, version };
    expect(attributes('GET', path)).toMatchObject(expected);
    expect(attributes('HEAD', path)).toMatchObject(expected);
  });

  test.each([
    '/',
    '/apis',
    '/apis/custom.metrics.k8s.io',
    CUSTOM,
    '/metrics',
    '/openapi/v2',
    `${CUSTOM}/a`,
  ])('%s is a path', (path) => {
    expect(attributes('GET', path)).toMatchObject({ verb: 'get', resource: '', path });
  });

  test('what changes something has the verb for it', () => {
    const path = `${EXTERNAL}/namespaces/ns/lag`;
    expect(attributes('POST', path).verb).toBe('create');
    expect(attributes('DELETE', path).verb).toBe('deletecollection');
    expect(attributes('TRACE', path).verb).toBe('');
  });
});
