import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BellowsError, parseLabelSelector } from '../../src/index.ts';

describe('parseLabelSelector', () => {
  test.each([
    ['', ''],
    ['app', 'app'],
    [' app = shop , !canary ', 'app=shop,!canary'],
    ['x in (b,a,)', 'x in (,a,b)'],
    ['x notin ()', 'x notin ()'],
    ['n>5,n<9', 'n>5,n<9'],
    ['in in (in,notin)', 'in in (in,notin)'],
    ['a==', 'a=='],
  ])('reads %j as %j', (text, canonical) => {
    expect(parseLabelSelector(text).toString()).toBe(canonical);
  });

  test.each([
    'a,',
    ',a',
    'a,,b',
    'a in',
    'a in (b',
    'a in (b c)',
    '!a=b',
    'a=b c',
    'n>-5',
    'a=é',
    '!',
  ])('refuses %j', (text) => {
    expect(() => parseLabelSelector(text)).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_SELECTOR' }),
    );
  });

  test("fails with the API server's words", () => {
    expect(() => parseLabelSelector('n><1')).toThrow(
      "unable to parse requirement: found '<', expected: identifier",
    );
  });

  test('any text is a selector that reads back as itself, or an error', () => {
    const near = fc.string({
      unit: fc.constantFrom(...Array.from('ab1=!,()<> in.-/\0')),
      maxLength: 25,
    });
    const words = fc
      .array(fc.constantFrom('a', 'in', 'notin', '=', '!=', '!', ',', '(', ')', ' ', '>', '5'), {
        maxLength: 14,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string(), near, words), (text) => {
        let selector;
        try {
          selector = parseLabelSelector(text);
        } catch (error) {
          expect(BellowsError.is(error)).toBe(true);
          return;
        }
        expect(parseLabelSelector(selector.toString()).requirements).toEqual(selector.requirements);
      }),
      { numRuns: 2000 },
    );
  });
});
