import { expect, test } from 'vitest';
import { tellMaxReplicas } from '../../src/command/max-replicas-variable.ts';
import { autoscaler, container, deployment } from '../fixtures/objects.ts';

const { spec } = deployment().spec.template;
const { maxReplicas, scaleTargetRef } = autoscaler().spec;

test('each container is told its autoscaler’s maxReplicas, and its own env counts more', () => {
  const own = { name: 'BELLOWS_MAX_REPLICAS', value: '9' };
  const containers = [container(), container({ name: 'sidecar', env: [own] })];
  const told = tellMaxReplicas({ ...spec, containers }, scaleTargetRef.name, [autoscaler()]);
  const variable = { name: 'BELLOWS_MAX_REPLICAS', value: String(maxReplicas) };
  expect(told.containers.map(({ env }) => env)).toEqual([[variable], [variable, own]]);
});

test('a Deployment that nothing scales is left as it is', () => {
  expect(tellMaxReplicas(spec, 'other', [autoscaler()])).toBe(spec);
});
