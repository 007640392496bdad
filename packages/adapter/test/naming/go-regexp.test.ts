import { describe, expect, test } from 'vitest';
import { GoRegExp } from '../../src/naming/go-regexp.ts';

describe('GoRegExp', () => {
  test.each([
    ['^(.*)_total$', '${1}_per_second', 'http_requests_per_second'],
    // The longest name counts, and there is no group 1_per_second.
    ['^(.*)_total$', '$1_per_second', ''],
    ['(?P<base>.*)_total', '$base.x', 'http_requests.x'],
    ['http', '$$0', '$0'],
    ['http', 'a$', 'a$'],
    ['http', '${1', '${1'],
    ['http', '$9', ''],
    ['_total$', '', ''],
    ['(?i)^HTTP_(.*)$', '$1', 'requests_total'],
    ['requests', '$0', 'requests'],
  ])('%s makes %s of a name', (source, template, text) => {
    expect(new GoRegExp(source).expand('http_requests_total', template)).toBe(text);
  });

  test('makes nothing of a name without a match', () => {
    expect(new GoRegExp('^queue').expand('http_requests_total', 'x')).toBeUndefined();
    expect(new GoRegExp('^queue').groups('http')).toBeUndefined();
  });

  test('gives named groups', () => {
    expect(new GoRegExp('^kube_(?P<resource>.+?)$').groups('kube_pod')).toEqual({
      resource: 'pod',
    });
  });

  test.each(['(', '(?=x)', 'a**'])('refuses %s as RE2 does', (source) => {
    expect(() => new GoRegExp(source)).toThrow(/error parsing regexp/);
  });

  test('does not fall for an expression that backtracks', () => {
    expect(new GoRegExp('^(a+)+$').test(`${'a'.repeat(30_000)}b`)).toBe(false);
  });
});
