import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatMatcher,
  readSeriesSelector,
  unmetMatcher,
} from '../../src/explain/series-selector.ts';

describe('readSeriesSelector', () => {
  test.each([
    ['up', ['__name__="up"']],
    ['up{}', ['__name__="up"']],
    [' up { job = "web" , } ', ['__name__="up"', 'job="web"']],
    [
      '{__name__=~"^container_.*",container!="POD"}',
      ['__name__=~"^container_.*"', 'container!="POD"'],
    ],
    ["{a!~'x\\'y',b=`\\d`}", ['a!~"x\'y"', 'b="\\\\d"']],
  ])('reads %s', (text, matchers) => {
    expect(readSeriesSelector(text).map(formatMatcher)).toEqual(matchers);
  });

  test.each(['', '{}', 'up{', 'up}', 'up{a}', 'up{a="b" c="d"}', 'up{a="b"} + 1', 'sum(up)'])(
    'refuses %s',
    (text) => {
      expect(() => readSeriesSelector(text)).toThrow('Expected a selector of series');
    },
  );

  test('ends on any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '{', '}', '=', '~', '!', '"', '\\', ',', ' ', '`'),
        }),
        (text) => {
          try {
            return readSeriesSelector(text).length > 0;
          } catch (error) {
            return String(error).includes('Expected a selector');
          }
        },
      ),
    );
  });
});

describe('unmetMatcher', () => {
  test.each([
    ['{a="x"}', undefined],
    ['{a!=""}', undefined],
    ['{b=""}', undefined],
    ['{b!=""}', 'b!=""'],
    ['{a=~"x|y"}', undefined],
    ['{a=~"X"}', 'a=~"X"'],
    ['{a!~"x.*"}', 'a!~"x.*"'],
  ])('a series with a="x" and %s', (selector, unmet) => {
    const found = unmetMatcher(readSeriesSelector(selector), { a: 'x' });
    expect(found && formatMatcher(found)).toBe(unmet);
  });
});
