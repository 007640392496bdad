import { expect, test } from 'vitest';
import { readDiscovery } from '../../src/mapper/read-discovery.ts';
import { DISCOVERY } from '../fixtures/cluster-discovery.ts';

test('takes of each resource the version that its group prefers, and no metrics', () => {
  const read = readDiscovery(DISCOVERY['/apis']);
  expect(read.map(({ group, version, name, kind }) => [group, version, name, kind])).toEqual([
    ['apps', 'v1', 'deployments', 'Deployment'],
    ['example.com', 'v1', 'fleets', 'Fleet'],
    ['example.com', 'v1alpha1', 'queues', 'Queue'],
  ]);
  expect(read.map(({ namespaced }) => namespaced)).toEqual([true, false, true]);
});

test.each([
  [{ kind: 'APIGroupDiscoveryList', items: null }],
  [{ kind: 'APIGroupDiscoveryList', items: [{}, { metadata: { name: 'x' }, versions: [] }] }],
  [{ kind: 'APIGroupDiscoveryList', items: [{ versions: [{ version: 'v1', resources: null }] }] }],
])('finds nothing in %j', (answer) => {
  expect(readDiscovery(answer)).toEqual([]);
});

test.each([[{ kind: 'APIGroupList' }], [undefined], ['text']])('refuses %j', (answer) => {
  expect(() => readDiscovery(answer)).toThrow(/APIGroupDiscoveryList/);
});
