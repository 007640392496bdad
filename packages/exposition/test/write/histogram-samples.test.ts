import { expect, test } from 'vitest';
import { histogramSamples } from '../../src/write/histogram-samples.ts';

test('a histogram is its buckets, the infinite one added, its sum and its count', () => {
  const samples = histogramSamples('wait', {
    labels: { pod: 'a' },
    buckets: [{ upperBound: 0.5, count: 2, exemplar: { labels: { id: '7' }, value: 0.4 } }],
    sum: 3,
    count: 4,
    timestampMs: 1000,
  });
  expect(samples).toEqual([
    {
      name: 'wait_bucket',
      labels: { pod: 'a', le: '0.5' },
      value: 2,
      timestampMs: 1000,
      exemplar: { labels: { id: '7' }, value: 0.4 },
    },
    { name: 'wait_bucket', labels: { pod: 'a', le: '+Inf' }, value: 4, timestampMs: 1000 },
    { name: 'wait_sum', labels: { pod: 'a' }, value: 3, timestampMs: 1000 },
    { name: 'wait_count', labels: { pod: 'a' }, value: 4, timestampMs: 1000 },
  ]);
});

test('an infinite bucket that is there stays as it is', () => {
  const buckets = [{ upperBound: Number.POSITIVE_INFINITY, count: 3 }];
  const samples = histogramSamples('wait', { labels: {}, buckets, sum: 1, count: 3 });
  expect(samples.map(({ name }) => name)).toEqual(['wait_bucket', 'wait_sum', 'wait_count']);
});
