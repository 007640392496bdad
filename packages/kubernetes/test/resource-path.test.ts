import { expect, test } from 'vitest';
import { resourcePath } from '../src/resource-path.ts';

test.each([
  [{ apiVersion: 'v1', resource: 'pods' }, '/api/v1/pods'],
  [{ apiVersion: 'v1', resource: 'pods', namespace: 'a' }, '/api/v1/namespaces/a/pods'],
  [
    {
      ...{ apiVersion: 'apps/v1', resource: 'deployments', namespace: 'a' },
      ...{ name: 'web', subresource: 'scale' },
    },
    '/apis/apps/v1/namespaces/a/deployments/web/scale',
  ],
  [
    { apiVersion: 'v1', resource: 'pods', namespace: 'a/../b', name: 'c?d' },
    '/api/v1/namespaces/a%2F..%2Fb/pods/c%3Fd',
  ],
])('%j is %s', (location, path) => {
  expect(resourcePath(location)).toBe(path);
});

test.each([
  { apiVersion: 'v1', resource: 'pods', name: '..' },
  { apiVersion: 'v1', resource: 'pods', namespace: '' },
  { apiVersion: 'v1', resource: 'pods', subresource: 'status' },
])('%j is refused', (location) => {
  expect(() => resourcePath(location)).toThrow(
    expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }) as Error,
  );
});
