import { describe, expect, test } from 'vitest';
import { negotiateFormat, SCRAPE_ACCEPT } from '../../src/format/negotiate-format.ts';

function negotiated(accept: string | undefined): string {
  const { version, escaping } = negotiateFormat(accept);
  return `${version} ${escaping}`;
}

describe('negotiateFormat', () => {
  test("gives OpenMetrics with UTF-8 names for the header of Prometheus 3, and for Bellows' own", () => {
    expect(negotiated(SCRAPE_ACCEPT)).toBe('openmetrics/1.0.0 allow-utf-8');
    const protobufFirst =
      'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,';
    expect(negotiated(protobufFirst + SCRAPE_ACCEPT)).toBe('openmetrics/1.0.0 allow-utf-8');
  });

  test.each([
    [undefined, 'text/0.0.4 underscores'],
    ['', 'text/0.0.4 underscores'],
    ['*/*', 'text/0.0.4 underscores'],
    ['application/json', 'text/0.0.4 underscores'],
    ['text/plain;version=1.0.0;escaping=dots', 'text/1.0.0 dots'],
    ['text/plain;escaping=nonsense', 'text/0.0.4 underscores'],
    ['application/openmetrics-text', 'openmetrics/0.0.1 underscores'],
    ['text/plain;q=0.4,application/openmetrics-text;version=1.0.0;q=0.3', 'text/0.0.4 underscores'],
    [
      'text/plain;q=0.2, application/openmetrics-text; version=1.0.0 ;q=0.3',
      'openmetrics/1.0.0 underscores',
    ],
  ])('gives for %s: %s', (accept, expected) => {
    expect(negotiated(accept)).toBe(expected);
  });

  test('offers only what it is told to', () => {
    expect(negotiateFormat(SCRAPE_ACCEPT, ['text/0.0.4']).version).toBe('text/0.0.4');
  });

  test('looks at no more clauses than a client would send', () => {
    const accept = `${'a/b,'.repeat(200_000)}application/openmetrics-text`;
    expect(negotiated(accept)).toBe('text/0.0.4 underscores');
  });
});
