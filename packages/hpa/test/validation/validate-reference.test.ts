import { expect, test } from 'vitest';
import { validateReference } from '../../src/validation/validate-reference.ts';

const texts = (reference: object, allowCoreGroup = false) =>
  validateReference('ref', reference, allowCoreGroup).map(
    ({ field, message }) => `${field}: ${message}`,
  );

test('asks for kind, name and a group', () => {
  expect(texts({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' })).toEqual([]);
  expect(texts({})).toEqual([
    'ref.kind: Required value',
    'ref.name: Required value',
    'ref.apiVersion: Invalid value: "": apiVersion must specify API group',
  ]);
});

test('allows the core group where it is asked to', () => {
  expect(texts({ apiVersion: 'v1', kind: 'Service', name: 'web' }, true)).toEqual([]);
  expect(texts({ apiVersion: 'v1', kind: 'Service', name: 'web' })).toEqual([
    'ref.apiVersion: Invalid value: "v1": apiVersion must specify API group',
  ]);
});

test('refuses an apiVersion that cannot be read', () => {
  expect(texts({ apiVersion: 'a/b/c', kind: 'D', name: 'web' })).toEqual([
    'ref.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
  ]);
  expect(texts({ apiVersion: 1 as never, kind: 'D', name: 'web' })).toEqual([
    'ref.apiVersion: Invalid value: 1: must be a string',
  ]);
});
