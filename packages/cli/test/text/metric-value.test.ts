import { expect, test } from 'vitest';
import { formatMetricValue, readMetricValue } from '../../src/text/metric-value.ts';

test.each([
  ['41500m', 41.5],
  ['20', 20],
  ['1Ki', 1024],
  ['35%', 0.35],
  ['no number', undefined],
  ['', undefined],
])('reads %j as %j', (text, value) => {
  expect(readMetricValue(text)).toBe(value);
});

test.each([
  ['41500m', '41.5'],
  ['1333m', '1.33'],
  ['20', '20'],
  ['64Mi', '64Mi'],
  ['35%', '35%'],
  ['odd\u001b[2J text', 'odd text'],
])('shows %j as %j', (text, shown) => {
  expect(formatMetricValue(text)).toBe(shown);
});
