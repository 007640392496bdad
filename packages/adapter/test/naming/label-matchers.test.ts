import { parseLabelSelector } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { matcherOf, partsOf } from '../../src/naming/label-matchers.ts';

function matchers(selector: string, escaping: 'none' | 'regexp' = 'none'): string[] {
  return partsOf(parseLabelSelector(selector).requirements).map((part) =>
    matcherOf(part, escaping),
  );
}

describe('matcherOf', () => {
  test.each([
    ['method=GET', 'method="GET"'],
    ['method!=GET', 'method!="GET"'],
    ['method in (POST,GET)', 'method=~"GET|POST"'],
    ['method in (GET)', 'method=~"GET"'],
    ['method notin (GET)', 'method!~"GET"'],
    ['method', 'method!=""'],
    ['!method', 'method=""'],
  ])('%s is %s', (selector, matcher) => {
    expect(matchers(selector)).toEqual([matcher]);
  });

  test('writes values into expressions as they are, or so that they mean themselves', () => {
    expect(matchers('path in (a.b,c)')).toEqual(['path=~"a.b|c"']);
    expect(matchers('path in (a.b,c)', 'regexp')).toEqual(['path=~"a\\\\.b|c"']);
    expect(matchers('path=a.b', 'regexp')).toEqual(['path="a.b"']);
  });

  test.each(['n>5', 'n<5'])('has no matcher for %s', (selector) => {
    expect(() => matchers(selector)).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_QUERY' }),
    );
  });
});
