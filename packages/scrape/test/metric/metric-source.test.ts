import { expect, test } from 'vitest';
import { resolveSource } from '../../src/metric/metric-source.ts';

test('a name is the gauge of that name', () => {
  expect(resolveSource('queue_length')).toEqual({
    series: 'queue_length',
    as: 'value',
    windowSeconds: 0,
  });
});

test('x_per_second is the rate of x_total over 15 s', () => {
  expect(resolveSource('http_requests_per_second')).toEqual({
    series: 'http_requests_total',
    as: 'rate',
    windowSeconds: 15,
  });
});

test.each([
  ['queue_length', { series: 'jobs' }, { series: 'jobs', as: 'value', windowSeconds: 0 }],
  [
    'busy',
    { series: 'busy_seconds_total', as: 'rate' as const },
    { series: 'busy_seconds_total', as: 'rate', windowSeconds: 15 },
  ],
  ['x_per_second', { windowSeconds: 30 }, { series: 'x_total', as: 'rate', windowSeconds: 30 }],
  [
    'x_per_second',
    { as: 'value' as const },
    { series: 'x_per_second', as: 'value', windowSeconds: 0 },
  ],
  ['x_per_second', { series: 'y_total' }, { series: 'y_total', as: 'rate', windowSeconds: 15 }],
])('what an override sets goes before the name: %s %j', (name, override, expected) => {
  expect(resolveSource(name, override)).toEqual(expected);
});
