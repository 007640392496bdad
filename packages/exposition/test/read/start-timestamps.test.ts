import { expect, test } from 'vitest';
import { readExposition } from '../../src/index.ts';

function startsOf(lines: readonly string[]): unknown[] {
  const page = `${lines.join('\n')}\n# EOF\n`;
  const events = readExposition(page, { syntax: 'openmetrics', startTimestamps: true });
  return [...events].flatMap((event) =>
    event.kind === 'sample' ? [[event.sample.name, event.sample.startTimestampMs]] : [],
  );
}

test('samples of a series get the time that its _created sample says, which is left out', () => {
  const histogram = ['h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 2', 'h_count 2', 'h_created 1.5'];
  expect(startsOf(['# TYPE h histogram', ...histogram])).toEqual([
    ['h_bucket', 1500],
    ['h_bucket', 1500],
    ['h_count', 1500],
  ]);
});

test('another series in between hides it, as it does for Prometheus', () => {
  const lines = [
    'a_total{x="1"} 1',
    'a_total{x="2"} 1',
    'a_created{x="1"} 1',
    'a_created{x="2"} 2',
  ];
  expect(startsOf(['# TYPE a counter', ...lines])).toEqual([
    ['a_total', 1000],
    ['a_total', undefined],
  ]);
});

test('gauges have none, and keep samples named so', () => {
  expect(startsOf(['# TYPE g gauge', 'g 1', 'g_created 5'])).toEqual([
    ['g', undefined],
    ['g_created', undefined],
  ]);
});

test('many series without one cost no more than they are many', () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `a_total{x="${index}"} 1`);
  expect(startsOf(['# TYPE a counter', ...lines])).toHaveLength(50_000);
});
