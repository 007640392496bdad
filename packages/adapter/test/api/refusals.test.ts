import { parseLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import { refusals } from '../../src/api/refusals.ts';

const deployments = { group: 'apps', resource: 'deployments' };

test('a metric that is not there is told with what was asked for', () => {
  expect(refusals.metricNotFoundFor(deployments, 'lag', 'web')).toEqual({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the metric lag for deployments.apps web',
  });
  const selector = parseLabelSelector('b in (y,x),a=1');
  const { message } = refusals.metricNotFoundForSelector(deployments, 'lag', {
    name: '*',
    selector,
  });
  expect(message).toMatch(/deployments\.apps \* with selector a=1,b in \(x,y\)$/);
});

test('a user without the right is told which', () => {
  const request = {
    user: 'jane',
    verb: 'get',
    resource: 'pods',
    subresource: 'rps',
    apiGroup: 'custom.metrics.k8s.io',
    name: '*',
    namespace: 'shop',
    path: '',
  };
  expect(refusals.notAuthorized(request, '').message).toBe(
    'pods.custom.metrics.k8s.io "*" is forbidden: User "jane" cannot get resource "pods/rps" in API group "custom.metrics.k8s.io" in the namespace "shop"',
  );
  expect(refusals.notAuthorized({ ...request, resource: '', path: '/metrics' }, 'no').message).toBe(
    'forbidden: User "jane" cannot get path "/metrics": no',
  );
});
