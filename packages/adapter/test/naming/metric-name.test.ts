import { describe, expect, test } from 'vitest';
import { createMetricNaming } from '../../src/naming/metric-name.ts';
import { PLACE } from './cluster.ts';

describe('createMetricNaming', () => {
  test.each([
    ['', '', 'http_requests_total'],
    ['^(.*)_total$', '', 'http_requests'],
    ['_total$', '', '_total'],
    ['^(.*)_total$', '${1}_per_second', 'http_requests_per_second'],
    ['', 'renamed', 'renamed'],
    ['nomatch', '', undefined],
  ])('%j as %j names it %j', (matches, as, name) => {
    expect(createMetricNaming({ matches, as }, PLACE)('http_requests_total')).toBe(name);
  });

  test('wants to be told which of several groups is meant', () => {
    expect(() => createMetricNaming({ matches: '(a)(b)', as: '' }, PLACE)).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_RULE', place: PLACE }),
    );
  });
});
