import { expect, test } from 'vitest';
import { parseMetricOverrides } from '../../src/annotations/parse-metric-overrides.ts';
import { formatProblem } from '../../src/problem/problem.ts';

const problemsOf = (text: string): string[] =>
  parseMetricOverrides(text).problems.map(formatProblem);

test.each([
  ['p99: { series: x_seconds, as: quantile, quantile: 0.99, windowSeconds: 60, sumBy: [route] }'],
  ['p99: { series: x_seconds, as: quantile, across: avg }'],
  ['waiting: { series: queue_length, as: max, across: max, windowSeconds: 30 }'],
  ['waiting: { sumBy: [queue, tenant], across: avg }'],
  ['done: { series: jobs_total, as: increase, windowSeconds: 60 }'],
  ['busy: { as: avg }'],
])('%s can be said', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each([
  [
    'x: { as: sum }',
    [
      '1:10 x.as: Unsupported value: "sum": supported values: "avg", "increase", "max", "quantile", "rate", "value".',
    ],
  ],
  [
    'x: { as: quantile, quantile: 99 }',
    ['1:30 x.quantile: Invalid value: 99: must be above 0 and below 1.'],
  ],
  ['x: { as: quantile, quantile: p99 }', ['1:30 x.quantile: Expected a number, got a string.']],
  [
    'x: { quantile: 0.5 }',
    ['1:16 x.quantile: it has no meaning without as: quantile. Remove it, or write as: quantile.'],
  ],
  [
    'x: { as: quantile, across: sum }',
    [
      '1:28 x.across: a sum of quantiles means nothing. Write max or avg, or remove it: all histograms are one without sumBy.',
    ],
  ],
  ['x: { sumBy: route }', ['1:13 x.sumBy: Expected a list, got a string.']],
  ['x: { sumBy: [""] }', ['1:14 x.sumBy[0]: Required value. Name a label, or remove the item.']],
])('explains %j', (text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});
