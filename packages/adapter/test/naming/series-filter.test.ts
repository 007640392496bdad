import { describe, expect, test } from 'vitest';
import { createNameTest } from '../../src/naming/series-filter.ts';
import { PLACE } from './cluster.ts';

const is = (expression: string) => ({ is: expression, isNot: '' });
const isNot = (expression: string) => ({ is: '', isNot: expression });

describe('createNameTest', () => {
  test('keeps names that pass all filters, and the expression of the name', () => {
    const keeps = createNameTest([is('total'), isNot('^container_')], 'http', PLACE);
    expect(keeps('http_requests_total')).toBe(true);
    expect(keeps('container_http_total')).toBe(false);
    expect(keeps('queue_total')).toBe(false);
  });

  test.each([
    [{ is: 'a', isNot: 'b' }, /got both/],
    [{ is: '', isNot: '' }, /got neither/],
    [is('('), /missing closing/],
  ])('refuses %j', (filter, message) => {
    expect(() => createNameTest([filter], '', PLACE)).toThrow(message);
  });
});
