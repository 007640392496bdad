import { expect, test } from 'vitest';
import { budgetOf, drawBudget, type MeasuredStep } from '../../src/reaction/delay-budget.ts';
import { SIGNALS } from '../../src/reaction/signals.ts';

const STEP_MS = 1_000_000;
const [signal] = SIGNALS;

function stepOf(reaction: Partial<MeasuredStep['reaction']>): MeasuredStep {
  if (signal === undefined) throw new Error('there are signals');
  const at = (seconds: number): number => STEP_MS + seconds * 1000;
  const run = { signal, name: 'one', stepMs: STEP_MS, sampleAgesMs: [], lost: 0 };
  return {
    run: { ...run, readyMs: [at(8), at(9)], servedMs: [at(8.5), at(11)] },
    reaction: {
      ...{ floorSeconds: 3, firstWriteSeconds: 3, firstReplicas: 2, enoughSeconds: 5 },
      ...{ dueSeconds: 3, isFirstWriteDue: true, syncsLate: 0 },
      ...reaction,
    },
  };
}

test('a budget’s parts follow each other from the step to the last pod’s first request', () => {
  const budget = budgetOf([stepOf({})]);
  expect(budget).toEqual({ syncWait: 3, metric: 0, rounds: 2, podStart: 4, endpoints: 2 });
  expect(budget && drawBudget(budget)).toBe('...rrssssee');
});

test('steps that never had enough pods have no budget', () => {
  expect(budgetOf([stepOf({ enoughSeconds: undefined })])).toBeUndefined();
});
