import type { ManifestObject } from '@bellows/manifest';
import { expect, test } from 'vitest';
import { runObjects } from '../../src/run/run-objects.ts';
import { autoscaler, deployment, service } from '../fixtures/objects.ts';

const inNamespace = (object: ManifestObject, namespace: string): ManifestObject => ({
  ...object,
  source: { file: 'prod.yaml', line: 7 },
  metadata: { ...object.metadata, namespace },
});

const shop = deployment();
const worker = deployment({ name: 'worker' });

test('objects are sorted by kind', () => {
  expect(runObjects([service(), worker, autoscaler(), shop], false)).toMatchObject({
    deployments: [worker, shop],
    services: [{ kind: 'Service' }],
    autoscalers: [{ kind: 'HorizontalPodAutoscaler' }],
    configMaps: [],
    secrets: [],
  });
});

test.each([
  ['no Deployment', [service()], false, 'expected at least one Deployment, got Service'],
  ['nothing at all', [], false, 'expected at least one Deployment, got no objects'],
  [
    'a command for several Deployments',
    [shop, worker],
    true,
    'the command after -- replaces that of one Deployment, but there are 2: shop, worker',
  ],
  [
    'one name twice',
    [shop, service(), shop],
    false,
    'Deployment default/shop is there twice: first at -:1',
  ],
  [
    'a second namespace',
    [shop, inNamespace(service(), 'prod')],
    false,
    'expected objects of one namespace, got Service shop of prod beside Deployment shop of default at -:1',
  ],
])('%s is an error with a remedy', (_, objects, hasWords, message) => {
  expect(() => runObjects(objects, hasWords)).toThrow(
    expect.objectContaining({
      code: 'ERR_SUPERVISOR_OBJECTS',
      message,
      remedy: expect.any(String) as string,
    }),
  );
});

test('the place of an error about namespaces is the object of the second one', () => {
  expect(() => runObjects([shop, worker, inNamespace(service(), 'prod')], false)).toThrow(
    expect.objectContaining({ place: { file: 'prod.yaml', line: 7 } }),
  );
});

test('a namespace that all objects have need not be default', () => {
  const objects = [shop, service()].map((object) => inNamespace(object, 'prod'));
  expect(runObjects(objects, false).services).toHaveLength(1);
});
