import { expect, test } from 'vitest';
import { compareSurvivors } from '../../src/mutation/compare-survivors.ts';

const mutant = {
  file: 'a.ts',
  line: 7,
  code: 'x > y',
  mutator: 'EqualityOperator',
  becomes: 'x >= y',
};
const explanation = {
  file: 'a.ts',
  code: 'x > y',
  becomes: 'x >= y',
  why: 'They never are equal.',
};

test('a survivor that is explained is right, wherever its line is now', () => {
  expect(compareSurvivors([mutant], [explanation], ['a.ts'])).toEqual({
    unexplained: [],
    stale: [],
  });
});

test.each([{ code: 'x > z' }, { becomes: 'x < y' }, { file: 'b.ts' }])(
  'a survivor that differs in %j is not explained by it',
  (difference) => {
    const other = { ...mutant, ...difference };
    expect(compareSurvivors([other], [explanation], ['a.ts', 'b.ts'])).toEqual({
      unexplained: [other],
      stale: [explanation],
    });
  },
);

test('an explanation for a file that was not looked at is left alone', () => {
  expect(compareSurvivors([], [explanation], ['b.ts'])).toEqual({ unexplained: [], stale: [] });
});

test('of two that are alike each needs a reason of its own', () => {
  const again = { ...mutant, line: 9 };
  expect(compareSurvivors([mutant, again], [explanation], ['a.ts'])).toEqual({
    unexplained: [again],
    stale: [],
  });
});

test('a second reason for one that survives once is stale', () => {
  expect(compareSurvivors([mutant], [explanation, explanation], ['a.ts'])).toEqual({
    unexplained: [],
    stale: [explanation],
  });
});
