import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factoredNames } from '../../src/naming/factored-names.ts';
import { GoRegExp } from '../../src/naming/go-regexp.ts';

test('writes once what names share', () => {
  expect(factoredNames(['api-7d9f-abcde', 'web-1', 'api-7d9f-fghij', 'a.b'])).toBe(
    String.raw`api-7d9f-(?:abcde|fghij)|web-1|a\.b`,
  );
});

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,12}[a-z0-9])?$/);

test('matches the names and nothing else', () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), name, (names, other) => {
      const expression = new GoRegExp(`^(?:${factoredNames(names)})$`);
      for (const one of names) expect(expression.test(one)).toBe(true);
      expect(expression.test(other)).toBe(names.includes(other));
    }),
  );
});
