import { expect, test } from 'vitest';
import { labelSelectorProblem, readSelectorText } from '../src/label-selectors.ts';

test('reads a selector from text, or says why it cannot', () => {
  const read = readSelectorText('app in (shop),!canary');
  expect(read.ok && read.value.matches({ app: 'shop' })).toBe(true);
  expect(readSelectorText('app=web=x')).toMatchObject({
    ok: false,
    error: "found '=', expected: ',' or 'end of string'",
  });
});

test('finds a metric’s selector that cannot be converted, with the raw text', () => {
  expect(labelSelectorProblem(undefined)).toBeUndefined();
  expect(labelSelectorProblem({ matchLabels: { app: 'shop' } })).toBeUndefined();
  const near = [{ key: 'a', operator: 'Near' as 'In' }];
  expect(labelSelectorProblem({ matchExpressions: near })).toBe(
    '"Near" is not a valid label selector operator',
  );
});

test('reads a text the same way every time, however many others it has read', () => {
  for (let round = 0; round < 2; round += 1) {
    for (let index = 0; index < 600; index += 1) {
      const read = readSelectorText(`app=shop-${index}`);
      expect(read.ok && read.value.matches({ app: `shop-${index}` })).toBe(true);
    }
    expect(readSelectorText('!!').ok).toBe(false);
  }
});
