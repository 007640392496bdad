import { describe, expect, test } from 'vitest';
import { parseExposition } from '../../src/index.ts';

describe('parseExposition', () => {
  test('groups samples with what the page says about them, in page order', () => {
    const page = [
      '# HELP http_requests_total Requests\\nanswered.',
      '# TYPE http_requests_total counter',
      'http_requests_total{code="200",path="/a\\"b"} 3',
      'http_requests_total{code="500"} 1 1700000000000',
      'up 1',
      '',
    ].join('\n');
    expect(parseExposition(page)).toEqual([
      {
        name: 'http_requests_total',
        type: 'counter',
        help: 'Requests\nanswered.',
        samples: [
          { name: 'http_requests_total', labels: { code: '200', path: '/a"b' }, value: 3 },
          {
            name: 'http_requests_total',
            labels: { code: '500' },
            value: 1,
            timestampMs: 1_700_000_000_000,
          },
        ],
      },
      { name: 'up', type: 'untyped', samples: [{ name: 'up', labels: {}, value: 1 }] },
    ]);
  });

  test('gives the series of a histogram and a summary to their family', () => {
    const page = [
      '# TYPE h histogram',
      'h_bucket{le="0.5"} 1',
      'h_bucket{le="+Inf"} 2',
      'h_sum 1.5',
      'h_count 2',
      '# TYPE s summary',
      's{quantile="0.9"} 4',
      's_count 2',
      'h_other 1',
    ].join('\n');
    const shape = parseExposition(page).map(({ name, samples }) => [name, samples.length]);
    expect(shape).toEqual([
      ['h', 4],
      ['s', 2],
      ['h_other', 1],
    ]);
  });

  test('keeps one family where its lines stand apart', () => {
    const page = '# TYPE a gauge\na 1\nb 1\na{x="y"} 2\n';
    expect(parseExposition(page).map(({ samples }) => samples.length)).toEqual([2, 1]);
  });

  test('an empty page has no families', () => {
    expect(parseExposition('')).toEqual([]);
    expect(parseExposition(new Uint8Array())).toEqual([]);
  });
});
