import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes-object.ts';
import { ObjectStore } from '../../src/watch/object-store.ts';

const object = (name: string, version: number, uid = 'u'): KubernetesObject => ({
  metadata: { name, namespace: 'a', uid, resourceVersion: String(version) },
});

function recordingStore(): { store: ObjectStore<KubernetesObject>; told: string[] } {
  const told: string[] = [];
  const store = new ObjectStore<KubernetesObject>({
    onAdd: ({ metadata }) => told.push(`+${metadata.name}`),
    onUpdate: ({ metadata }, previous) =>
      told.push(`~${metadata.name} ${previous.metadata.resourceVersion ?? ''}`),
    onDelete: ({ metadata }) => told.push(`-${metadata.name} ${metadata.uid ?? ''}`),
  });
  return { store, told };
}

test('tells each change once', () => {
  const { store, told } = recordingStore();
  store.set(object('x', 1));
  store.set(object('x', 1));
  store.set(object('x', 2));
  store.delete(object('x', 3));
  store.delete(object('x', 3));
  expect(told).toEqual(['+x', '~x 1', '-x u']);
});

test('an object made again is a new one', () => {
  const { store, told } = recordingStore();
  store.set(object('x', 1, 'old'));
  store.replace([object('x', 2, 'new')]);
  expect(told).toEqual(['+x', '-x old', '+x']);
  expect(store.get('x', 'a')?.metadata.uid).toBe('new');
});

test('whatever lists and events come, what was told adds up to what is there', () => {
  const some = fc.record({ name: fc.constantFrom('x', 'y', 'z'), uid: fc.constantFrom('1', '2') });
  const step = fc.oneof(
    fc.record({ replace: fc.uniqueArray(some, { selector: ({ name }) => name }) }),
    fc.record({ set: some }),
    fc.record({ delete: some }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const present = new Set<string>();
      const store = new ObjectStore<KubernetesObject>({
        onAdd: ({ metadata }) => {
          expect(present.has(metadata.name)).toBe(false);
          present.add(metadata.name);
        },
        onDelete: ({ metadata }) => {
          expect(present.delete(metadata.name)).toBe(true);
        },
      });
      steps.forEach((taken, version) => {
        const make = ({ name, uid }: { name: string; uid: string }) => object(name, version, uid);
        if ('replace' in taken) store.replace(taken.replace.map(make));
        else if ('set' in taken) store.set(make(taken.set));
        else store.delete(make(taken.delete));
      });
      expect(present).toEqual(new Set(store.list().map(({ metadata }) => metadata.name)));
    }),
  );
});
