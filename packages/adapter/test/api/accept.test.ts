import { expect, test } from 'vitest';
import { readAccept } from '../../src/api/accept.ts';

test('the best range comes first, equals as they came, refused ones not at all', () => {
  const types = readAccept('a/a;q=0.1, B/b ;as=Table;v=v1, c/c;q=0, d/d').map(({ type }) => type);
  expect(types).toEqual(['b/b', 'd/d', 'a/a']);
});

test('parameters are kept as they are, a weight that is none refuses', () => {
  const [range] = readAccept('application/json; as=Table ;g=meta.k8s.io');
  expect([...(range?.parameters ?? [])]).toEqual([
    ['as', 'Table'],
    ['g', 'meta.k8s.io'],
  ]);
  expect(readAccept('a/a;q=much')).toEqual([]);
  expect(readAccept('')).toEqual([]);
});
