import { expect, test } from 'vitest';
import type { ExpositionFormat } from '../../src/format/exposition-format.ts';
import type { MetricFamily, Sample } from '../../src/metric-family.ts';
import { sampleLine } from '../../src/write/sample-line.ts';

const text: ExpositionFormat = { version: 'text/0.0.4', escaping: 'allow-utf-8' };
const openMetrics: ExpositionFormat = { version: 'openmetrics/1.0.0', escaping: 'allow-utf-8' };

function family(name: string, type: MetricFamily['type'] = 'gauge'): MetricFamily {
  return { name, type, samples: [] };
}

const wait: Sample = {
  name: 'wait_bucket',
  labels: { le: '1' },
  value: 1e6,
  timestampMs: 1500,
  exemplar: { labels: { id: '7' }, value: 1, timestampMs: 2000 },
};

test('text has milliseconds and no exemplar', () => {
  expect(sampleLine(wait, family('wait', 'histogram'), text)).toBe(
    'wait_bucket{le="1"} 1e+06 1500\n',
  );
});

test('OpenMetrics has seconds, whole counts, bounds with a fraction, and exemplars', () => {
  expect(sampleLine(wait, family('wait', 'histogram'), openMetrics)).toBe(
    'wait_bucket{le="1.0"} 1000000 1.5 # {id="7"} 1.0 2.0\n',
  );
  const gauge = { name: 'wait_bucket', labels: { le: '1' }, value: 2 };
  expect(sampleLine(gauge, family('wait_bucket'), openMetrics)).toBe('wait_bucket{le="1"} 2.0\n');
});

test('a time in OpenMetrics is one that is read as its milliseconds', () => {
  const sample = { name: 'x', labels: {}, value: 1, timestampMs: 1_081_919_616_100 };
  const line = sampleLine(sample, family('x'), openMetrics);
  expect(line).toBe('x 1.0 1.0819196161000001e+09\n');
  expect(Math.trunc(Number(line.split(' ')[2]) * 1000)).toBe(1_081_919_616_100);
});

test("the family's name is escaped by itself", () => {
  const sample = { name: 'a.b_sum', labels: { 'x.y': 'é"' }, value: 1 };
  const dots: ExpositionFormat = { ...text, escaping: 'dots' };
  expect(sampleLine(sample, family('a.b'), dots)).toBe('a_dot_b_sum{x_dot_y="é\\""} 1\n');
  expect(sampleLine(sample, family('a.b'), text)).toBe('{"a.b_sum","x.y"="é\\""} 1\n');
});
