import { expect, test } from 'vitest';
import { MetricsQuery, type QueryInput } from '../../src/naming/metrics-query.ts';
import { PLACE } from './cluster.ts';

const INPUT: QueryInput = {
  series: 'foo',
  parts: [
    { label: 'namespace', operator: '=', values: ['default'] },
    { label: 'pod', operator: 'in', values: ['a.1', 'b'] },
  ],
  groupBy: ['pod', 'container'],
  escaping: 'regexp',
};

const build = (template: string, input: Partial<QueryInput> = {}): string =>
  new MetricsQuery(template, PLACE).build({ ...INPUT, ...input });

test.each([
  ['series <<.Series>>', 'series foo'],
  ['<<.LabelMatchers>>', String.raw`namespace="default",pod=~"a\\.1|b"`],
  ['<<index .LabelValuesByName "pod">>', 'a.1|b'],
  ['<<.LabelValuesByName>>', 'map[namespace:default pod:a.1|b]'],
  ['<<.GroupBy>>', 'pod,container'],
  ['<<.GroupBySlice>>', '[pod container]'],
])('fills %s', (template, query) => {
  expect(build(template)).toBe(query);
});

test('writes names as upstream does, or as a shorter expression, where that is asked for', () => {
  expect(build('<<.LabelMatchers>>', { escaping: 'none' })).toContain('pod=~"a.1|b"');
  const parts = [{ label: 'pod', operator: 'in', values: ['a', 'b'], expression: '[ab]' } as const];
  expect(build('<<.LabelMatchers>> <<.LabelValuesByName>>', { parts })).toBe(
    'pod=~"[ab]" map[pod:[ab]]',
  );
});

test('quotes labels that PromQL does not take as they are', () => {
  const parts = [{ label: 'a.b/c"', operator: '=', values: ['x'] } as const];
  expect(build('<<.LabelMatchers>>', { parts })).toBe(String.raw`"a.b/c\""="x"`);
  expect(build('<<.LabelMatchers>>', { parts, escaping: 'none' })).toBe('a.b/c"="x"');
});

test('refuses an empty query, and templates that cannot be read or run', () => {
  expect(() => build('<</* nothing */>>')).toThrow(/got an empty text/);
  expect(() => build('<<.Foo>>')).toThrow(/Foo/);
  expect(() => new MetricsQuery('<<.Series', PLACE)).toThrow(/metricsQuery: /);
});
