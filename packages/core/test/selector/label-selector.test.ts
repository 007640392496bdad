import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BellowsError,
  parseLabelSelector,
  selectorFromLabelSelector,
  toLabelSelector,
  type LabelSelector,
} from '../../src/index.ts';

describe('selectorFromLabelSelector', () => {
  test('an absent one selects nothing, an empty one everything', () => {
    expect(selectorFromLabelSelector(undefined).matches({ a: 'b' })).toBe(false);
    expect(selectorFromLabelSelector({}).matches({ a: 'b' })).toBe(true);
  });

  test("fails with the controller's words", () => {
    const source = {
      matchExpressions: [{ key: 'a', operator: 'Near' }],
    } as unknown as LabelSelector;
    expect(() => selectorFromLabelSelector(source)).toThrow(
      '"Near" is not a valid label selector operator',
    );
    expect(() =>
      selectorFromLabelSelector({ matchExpressions: [{ key: 'a', operator: 'In' }] }),
    ).toThrow(
      "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
    );
  });
});

test('any object is a selector or an error that says so', () => {
  const keys = ['matchLabels', 'matchExpressions', 'key', 'operator', 'values', 'app'];
  const anySelector = fc.oneof(
    fc.anything(),
    fc.object({ key: fc.constantFrom(...keys), maxDepth: 4 }),
    fc.record({ matchLabels: fc.anything(), matchExpressions: fc.array(fc.anything()) }),
  );
  fc.assert(
    fc.property(anySelector, (source) => {
      try {
        selectorFromLabelSelector(source as LabelSelector).matches({ app: 'shop' });
      } catch (error) {
        expect(BellowsError.is(error)).toBe(true);
      }
    }),
  );
});

describe('toLabelSelector', () => {
  test('is undone by selectorFromLabelSelector', () => {
    const name = fc.constantFrom('app', 'tier', 'example.com/x');
    const value = fc.constantFrom('', 'a', 'b-1');
    const source = fc.record({
      matchLabels: fc.dictionary(name, value),
      matchExpressions: fc.array(
        fc.oneof(
          fc.record({
            key: name,
            operator: fc.constantFrom('In' as const, 'NotIn' as const),
            values: fc.uniqueArray(value, { minLength: 1 }),
          }),
          fc.record({
            key: name,
            operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
          }),
        ),
      ),
    });
    fc.assert(
      fc.property(source, (original) => {
        const selector = selectorFromLabelSelector(original);
        expect(selectorFromLabelSelector(toLabelSelector(selector)).toString()).toBe(
          selector.toString(),
        );
      }),
    );
  });

  test('keeps only the last of several values of one key', () => {
    expect(toLabelSelector(parseLabelSelector('a=1,a=2'))).toEqual({ matchLabels: { a: '2' } });
  });

  test.each(['a!=b', 'a>1', 'a<1'])('has no form for %s', (text) => {
    expect(() => toLabelSelector(parseLabelSelector(text))).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_SELECTOR' }),
    );
  });
});
