import type { KubernetesObject } from '@bellows/kubernetes';
import { expect, test } from 'vitest';
import { InformerMirror } from '../../src/agreement/informer-mirror.ts';

const podOf = (name: string, resourceVersion: string, namespace = 'shop'): KubernetesObject => ({
  metadata: { name, namespace, resourceVersion },
});
const eventOf = (type: string, object: object): string => JSON.stringify({ type, object });
const versions = (objects: readonly KubernetesObject[]): (string | undefined)[] =>
  objects.map(({ metadata }) => metadata.resourceVersion);

test('objects are as they were at a time', () => {
  const mirror = new InformerMirror();
  mirror.list(
    JSON.stringify({ items: [podOf('a', '1'), podOf('b', '2'), podOf('c', '3', 'x')] }),
    10,
  );
  mirror.watch(eventOf('MODIFIED', podOf('a', '4')), 20);
  mirror.watch(eventOf('DELETED', podOf('b', '5')), 30);
  mirror.watch(eventOf('BOOKMARK', { metadata: { resourceVersion: '6' } }), 40);
  expect([9, 10, 20, 30, 50].map((atMs) => versions(mirror.at('shop', atMs)))).toEqual([
    ...[[], ['1', '2'], ['4', '2'], ['4'], ['4']],
  ]);
  expect(mirror.changesBetween('shop', 10, 30)).toEqual([30, 20]);
});

test('a list without items is none', () => {
  const mirror = new InformerMirror();
  mirror.list('{"items":null}', 1);
  expect(mirror.at('shop', 2)).toEqual([]);
});
