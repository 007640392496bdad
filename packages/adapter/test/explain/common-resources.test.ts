import { expect, test } from 'vitest';
import { commonResources } from '../../src/explain/common-resources.ts';

test('finds what labels usually name', () => {
  const mapper = commonResources();
  for (const [group, resource, kind] of [
    ['', 'pod', 'Pod'],
    ['', 'nodes', 'Node'],
    ['apps', 'deployment', 'Deployment'],
    ['', 'ingress', 'Ingress'],
  ] as const) {
    expect(mapper.find({ group, resource })?.kind).toBe(kind);
  }
});
