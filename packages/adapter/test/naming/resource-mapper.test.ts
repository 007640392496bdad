import { describe, expect, test } from 'vitest';
import { formatGroupResource, parseGroupResource } from '../../src/naming/resource-mapper.ts';
import { CLUSTER } from './cluster.ts';

describe('ResourceMapper', () => {
  test.each([
    ['', 'pod', 'pods'],
    ['', 'PODS', 'pods'],
    ['', 'deployment', 'deployments.apps'],
    ['networking', 'ingress', 'ingresses.networking.k8s.io'],
    ['metrics.k8s.io', 'pods', 'pods.metrics.k8s.io'],
    ['metrics.k8s.io', 'podmetrics', 'pods.metrics.k8s.io'],
  ])('finds %s/%s', (group, resource, found) => {
    const one = CLUSTER.find({ group, resource });
    expect(one && formatGroupResource({ group: one.group, resource: one.name })).toBe(found);
  });

  test.each([
    ['', 'gizmo'],
    ['apps', 'pods'],
    ['', 'po'],
  ])('knows no %s/%s', (group, resource) => {
    expect(CLUSTER.find({ group, resource })).toBeUndefined();
  });

  test('gives the singular of the first group that has the plural', () => {
    expect(CLUSTER.singular('pods')).toBe('pod');
    expect(CLUSTER.singular('gizmos')).toBeUndefined();
  });
});

test('a group resource is split at its first dot', () => {
  expect(parseGroupResource('ingresses.networking.k8s.io')).toEqual({
    group: 'networking.k8s.io',
    resource: 'ingresses',
  });
  expect(parseGroupResource('pods')).toEqual({ group: '', resource: 'pods' });
});
