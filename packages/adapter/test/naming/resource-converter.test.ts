import { describe, expect, test } from 'vitest';
import { ResourceConverter } from '../../src/naming/resource-converter.ts';
import { formatGroupResource } from '../../src/naming/resource-mapper.ts';
import { CLUSTER, PLACE } from './cluster.ts';

function converter(template: string, overrides: Record<string, string> = {}): ResourceConverter {
  const resources = Object.entries(overrides).map(([label, resource]) => [
    label,
    { group: '', resource },
  ]);
  const mapping = { template, overrides: Object.fromEntries(resources) as never };
  return new ResourceConverter(mapping, CLUSTER, PLACE);
}

function found(one: ResourceConverter, ...labels: string[]): [string[], boolean] {
  const { resources, namespaced } = one.resourcesOf(labels);
  return [resources.map(formatGroupResource), namespaced];
}

describe('ResourceConverter', () => {
  test('finds resources by a template, and takes other labels of its form for nothing', () => {
    const one = converter('<<.Resource>>');
    expect(found(one, 'namespace', 'pod', 'instance')).toEqual([['namespaces', 'pods'], true]);
    expect(found(one, 'node', 'instance')).toEqual([['nodes'], false]);
  });

  test('a label that is not of the form makes a metric namespaced', () => {
    const one = converter('kube_<<.Resource>>');
    expect(found(one, 'kube_node')).toEqual([['nodes'], false]);
    expect(found(one, 'kube_node', 'instance')).toEqual([['nodes'], true]);
  });

  test('overrides win, and of two labels for one resource the first is asked for', () => {
    const one = converter('<<.Resource>>', { job: 'service', svc: 'service' });
    expect(found(one, 'job')).toEqual([['services'], true]);
    expect(one.labelOf({ group: '', resource: 'services' })).toBe('job');
  });

  test('makes labels of resources, with dots and dashes of a group as underscores', () => {
    const one = converter('<<.Group>>_<<.Resource>>');
    expect(one.labelOf({ group: 'networking.k8s.io', resource: 'ingresses' })).toBe(
      'networking_k8s_io_ingress',
    );
    expect(converter('').labelOf({ group: '', resource: 'pods' })).toBeUndefined();
  });

  test.each([
    ['constant', /Expected .Resource/],
    ['<<.Foo>>', /can't evaluate field Foo/],
    ['<<.Resource', /unclosed action/],
    ['<<.Resource>>(', /missing closing/],
  ])('refuses the template %s', (template, message) => {
    expect(() => converter(template)).toThrow(message);
  });

  test('refuses an override of what the cluster does not have, and says where', () => {
    expect(() => converter('', { pod: 'gizmo' })).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_RULE', place: PLACE }),
    );
  });
});
