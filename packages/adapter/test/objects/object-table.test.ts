import { parseLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import { ObjectTable } from '../../src/objects/object-table.ts';

const ALL = parseLabelSelector('');

test('selects by namespace and labels, in the order of an API server', () => {
  const table = new ObjectTable();
  table.set({ namespace: 'b', name: 'z', labels: { app: 'web' } });
  table.set({ namespace: 'a', name: 'y', labels: {} });
  table.set({ namespace: 'a', name: 'x', labels: { app: 'web' } });
  const names = (namespace: string | undefined, selector = ALL): string[] =>
    table.select(namespace, selector).map(({ name }) => name);
  expect(names(undefined)).toEqual(['x', 'y', 'z']);
  expect(names('a')).toEqual(['x', 'y']);
  expect(names(undefined, parseLabelSelector('app=web'))).toEqual(['x', 'z']);
  expect(names('c')).toEqual([]);
  table.set({ namespace: 'a', name: 'y', labels: { app: 'web' } });
  expect(names('a', parseLabelSelector('app=web'))).toEqual(['x', 'y']);
  table.delete('a', 'x');
  table.delete('a', 'x');
  table.delete('b', 'z');
  expect(names(undefined)).toEqual(['y']);
  expect(table.size).toBe(1);
});
