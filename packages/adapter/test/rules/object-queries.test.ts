import { expect, test } from 'vitest';
import { MAX_QUERY_BYTES, objectQueries } from '../../src/rules/object-queries.ts';

const build = (names: readonly string[], expression = names.join('|')): string =>
  `up{pod=~"${expression}"}`;

test('writes names one by one while that is short enough', () => {
  expect(objectQueries(['a-1', 'a-2'], build)).toEqual([
    { query: 'up{pod=~"a-1|a-2"}', names: ['a-1', 'a-2'] },
  ]);
});

test('writes what names share once, before it asks in parts', () => {
  const names = Array.from({ length: 600 }, (_, index) => `web-7d9f8c6b5-${10_000 + index}`);
  const [only, ...others] = objectQueries(names, build);
  expect(others).toEqual([]);
  expect(only?.query).toMatch(/^up\{pod=~"web-7d9f8c6b5-\(\?:10000\|10001\|/);
});

test('asks in as many parts as needed, each name once and in order', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `web-${100_000 + index}`);
  const queries = objectQueries(names, build);
  expect(queries.length).toBeGreaterThan(2);
  for (const { query } of queries) {
    expect(Buffer.byteLength(query)).toBeLessThanOrEqual(MAX_QUERY_BYTES);
  }
  expect(queries.flatMap((one) => one.names)).toEqual(names);
});

test('asks for one object whatever the length', () => {
  const long = 'x'.repeat(10_000);
  expect(objectQueries([long], build)).toHaveLength(1);
});
