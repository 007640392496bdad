import type { MetricSource } from '@bellows/core';
import { expect, test } from 'vitest';
import { resolveSource, type ResolvedSource } from '../../src/metric/metric-source.ts';

const DEFAULTS = { quantile: 0.99, sumBy: undefined, across: 'sum' };

test('a name is the gauge of that name', () => {
  expect(resolveSource('queue_length')).toEqual({
    ...DEFAULTS,
    series: 'queue_length',
    as: 'value',
    windowSeconds: 0,
  });
});

test('x_per_second is the rate of x_total over 15 s', () => {
  expect(resolveSource('http_requests_per_second')).toEqual({
    ...DEFAULTS,
    series: 'http_requests_total',
    as: 'rate',
    windowSeconds: 15,
  });
});

test.each<[string, MetricSource, Partial<ResolvedSource>]>([
  ['queue_length', { series: 'jobs' }, { series: 'jobs', as: 'value', windowSeconds: 0 }],
  [
    'busy',
    { series: 'busy_seconds_total', as: 'rate' },
    { series: 'busy_seconds_total', as: 'rate', windowSeconds: 15 },
  ],
  ['x_per_second', { windowSeconds: 30 }, { series: 'x_total', as: 'rate', windowSeconds: 30 }],
  ['x_per_second', { as: 'value' }, { series: 'x_per_second', as: 'value', windowSeconds: 0 }],
  ['x_per_second', { series: 'y_total' }, { series: 'y_total', as: 'rate', windowSeconds: 15 }],
  ['x', { as: 'max' }, { series: 'x', as: 'max', windowSeconds: 15 }],
  ['x', { sumBy: ['queue'], across: 'max' }, { sumBy: ['queue'], across: 'max', as: 'value' }],
])('what an override sets goes before the name: %s %j', (name, override, expected) => {
  expect(resolveSource(name, override)).toMatchObject(expected);
});

test('a quantile is of the buckets of a histogram, the greatest of all groups', () => {
  const expected = { series: 'x_seconds_bucket', as: 'quantile', quantile: 0.9, across: 'max' };
  const override = { series: 'x_seconds', as: 'quantile', quantile: 0.9 } as const;
  expect(resolveSource('p90', override)).toMatchObject(expected);
  expect(resolveSource('p90', { ...override, series: 'x_seconds_bucket' })).toMatchObject(expected);
});
