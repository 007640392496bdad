import { describe, expect, test } from 'vitest';
import { metricOverrides } from '../../src/index.ts';
import { parseMetricOverrides } from '../../src/annotations/parse-metric-overrides.ts';
import { formatProblem } from '../../src/problem/problem.ts';

function hpaWith(annotations: Record<string, string>): Parameters<typeof metricOverrides>[0] {
  return {
    metadata: { name: 'shop', namespace: 'default', labels: {}, annotations },
    source: { file: 'hpa.yaml', line: 3 },
  };
}

describe('metricOverrides', () => {
  test('is empty without the annotation', () => {
    expect(metricOverrides(hpaWith({})).size).toBe(0);
  });

  test('reads one map from a metric to where it comes from', () => {
    const text = 'rps: { series: http_requests_total, as: rate, windowSeconds: 5 }\nqueue: {}\n';
    expect([...metricOverrides(hpaWith({ 'bellows.dev/metrics': text }))]).toEqual([
      ['rps', { series: 'http_requests_total', as: 'rate', windowSeconds: 5 }],
      ['queue', {}],
    ]);
  });

  test('throws with the place of the HPA when it was never validated', () => {
    const hpa = hpaWith({ 'bellows.dev/metrics': 'rps: [' });
    expect(() => metricOverrides(hpa)).toThrow(
      expect.objectContaining({
        code: 'ERR_MANIFEST_ANNOTATION',
        place: { file: 'hpa.yaml', line: 3, field: 'metadata.annotations[bellows.dev/metrics]' },
      }) as Error,
    );
  });
});

describe('parseMetricOverrides', () => {
  test.each([
    ['', []],
    ['rps', ['1:1: Expected a map, got a string.']],
    [
      'rps: rate',
      [
        '1:6 rps: Expected a map with series, as, windowSeconds, quantile, sumBy or across, got a string.',
      ],
    ],
    [
      'rps: { as: rates }',
      [
        '1:12 rps.as: Unsupported value: "rates": supported values: "avg", "increase", "max", "quantile", "rate", "value". Did you mean "rate"?',
      ],
    ],
    [
      'rps: { window: 5 }',
      [
        '1:8 rps.window: unknown field "window". Known here: across, as, quantile, series, sumBy, windowSeconds.',
      ],
    ],
    [
      'rps: { windowSeconds: 0 }',
      ['1:23 rps.windowSeconds: Invalid value: 0: must be between 1 and 3600, inclusive.'],
    ],
    [
      'rps: { windowSeconds: 5s }',
      ['1:23 rps.windowSeconds: Expected a whole number, got a string.'],
    ],
    [
      'rps: { as: value, windowSeconds: 5 }',
      [
        '1:34 rps.windowSeconds: a window has no meaning with as: value. Remove it, or write as: rate.',
      ],
    ],
    [
      'rps: { series: "" }',
      ['1:16 rps.series: Required value. Name a series, or remove the field.'],
    ],
    ['a: {}\n---\nb: {}', ['2:1: More than 1 documents.']],
  ])('explains %j', (text, problems) => {
    expect(parseMetricOverrides(text).problems.map(formatProblem)).toEqual(problems);
  });
});
