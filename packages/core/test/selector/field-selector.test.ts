import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BellowsError, parseFieldSelector } from '../../src/index.ts';

describe('parseFieldSelector', () => {
  test('an absent field has the empty value', () => {
    expect(parseFieldSelector('a=').matches({})).toBe(true);
    expect(parseFieldSelector('a!=x').matches({})).toBe(true);
    expect(parseFieldSelector('a=x').matches({})).toBe(false);
  });

  test('sorts terms, drops empty ones and unescapes values', () => {
    const selector = parseFieldSelector('b!=2,,a==x\\,y');
    expect(selector.requirements).toEqual([
      { field: 'a', operator: '=', value: 'x,y' },
      { field: 'b', operator: '!=', value: '2' },
    ]);
    expect(selector.toString()).toBe('a=x\\,y,b!=2');
  });

  test.each(['a', 'a=b=c', 'a=\\x', 'a=b\\'])('refuses %j', (text) => {
    expect(() => parseFieldSelector(text)).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_SELECTOR' }),
    );
  });

  test('any text is a selector that reads back as itself, or an error', () => {
    const near = fc.string({ unit: fc.constantFrom(...Array.from('ab=!,\\😀')), maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        let selector;
        try {
          selector = parseFieldSelector(text);
        } catch (error) {
          expect(BellowsError.is(error)).toBe(true);
          return;
        }
        const again = parseFieldSelector(selector.toString());
        expect(again.toString()).toBe(selector.toString());
      }),
      { numRuns: 1000 },
    );
  });

  test('reads a long selector', () => {
    expect(parseFieldSelector('a=b,'.repeat(50_000)).requirements).toHaveLength(50_000);
  });
});
