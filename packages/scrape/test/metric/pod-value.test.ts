import type { MetricSource } from '@bellows/core';
import { missing, observed } from '@bellows/core';
import { expect, test } from 'vitest';
import { resolveSource } from '../../src/metric/metric-source.ts';
import { podValue, type SeriesReading } from '../../src/metric/pod-value.ts';

const waiting: readonly SeriesReading[] = [
  { labels: { queue: 'mail', priority: 'high' }, value: 3, atMs: 10 },
  { labels: { queue: 'mail', priority: 'low' }, value: 4, atMs: 10 },
  { labels: { queue: 'print' }, value: 5, atMs: 9 },
];

test.each<[string, MetricSource, number]>([
  ['the sum, unless told otherwise', {}, 12],
  ['the average of all series', { across: 'avg' }, 4],
  ['the greatest series', { across: 'max' }, 5],
  ['the greatest sum by label', { sumBy: ['queue'], across: 'max' }, 7],
  ['the average sum by label', { sumBy: ['queue'], across: 'avg' }, 6],
])('a pod’s value is %s, as old as its oldest part', (_, source, expected) => {
  expect(podValue(resolveSource('waiting', source), waiting)).toEqual(observed(expected, 9));
});

const buckets = (route: string, ...counts: readonly [number, number, number]): SeriesReading[] =>
  ['0.1', '0.2', '+Inf'].map((le, index) => ({
    labels: { route, le },
    value: counts[index] ?? 0,
    atMs: 10,
  }));

test('a quantile is of all histograms together, or of the slowest group', () => {
  const readings = [...buckets('/fast', 99, 99, 99), ...buckets('/slow', 0, 1, 1)];
  const p50 = { as: 'quantile', quantile: 0.5 } as const;
  const together = podValue(resolveSource('x', p50), readings);
  expect(together.kind === 'value' && together.value).toBeCloseTo((0.1 * 50) / 99);
  expect(podValue(resolveSource('x', { ...p50, sumBy: ['route'] }), readings)).toMatchObject({
    value: 0.15000000000000002,
  });
});

test('a histogram without observation is missing, and one group without does not count', () => {
  const p50 = resolveSource('x', { as: 'quantile', quantile: 0.5, sumBy: ['route'] });
  expect(podValue(p50, buckets('/', 0, 0, 0))).toEqual(
    missing('no observation of x_bucket in 15 s'),
  );
  const some = [...buckets('/', 0, 0, 0), ...buckets('/some', 0, 4, 4)];
  expect(podValue(p50, some)).toMatchObject({ kind: 'value' });
});

test('series without a bound that is one are no buckets', () => {
  const readings = [
    { labels: {}, value: 100, atMs: 10 },
    { labels: { le: 'x' }, value: 100, atMs: 10 },
    ...buckets('/', 0, 4, 4),
  ];
  const p50 = resolveSource('x', { as: 'quantile', quantile: 0.5 });
  expect(podValue(p50, readings)).toMatchObject({ value: 0.15000000000000002 });
});

test('one value that is not finite makes all of it missing', () => {
  const source = resolveSource('waiting');
  const readings = [{ labels: {}, value: Number.NaN, atMs: 10 }, ...waiting];
  expect(podValue(source, readings)).toEqual(missing('value is NaN'));
});
