import { describe, expect, test } from 'vitest';
import { explainRecord, syncPeriodOf } from '../../src/explain/explain-record.ts';
import { withoutBasis } from '../../src/record/without-basis.ts';
import { recordedDecisions } from '../fixtures/recorded-run.ts';

const [found, held] = recordedDecisions([
  [4, '10'],
  [4, '4'],
]);

describe('explainRecord', () => {
  test('makes the decision again, and says what comes next', () => {
    const { basis, ...told } = held!;
    expect(basis).toBeDefined();
    expect(explainRecord(held!)).toMatchObject(told);
    expect(explainRecord(held!).next).toMatchObject({ replicas: 2, code: 'next-change' });
  });

  test('looks ahead in steps of the run’s own period', () => {
    const { next } = explainRecord(held!, { syncPeriodSeconds: 40 });
    expect((next!.atMs! - held!.atMs) % 40_000).toBe(0);
  });

  test('decides with another spec', () => {
    const changed = explainRecord(held!, { changeSpec: (spec) => ({ ...spec, minReplicas: 5 }) });
    expect(changed.replicas.desired).toBe(5);
  });

  test('says so where the record does not hold what it was made from, or is damaged', () => {
    expect(() => explainRecord(withoutBasis(held!))).toThrow(
      expect.objectContaining({ code: 'ERR_CLI_RUN' }),
    );
    for (const damage of [{}, { spec: null }, { ...held!.basis, observation: 3 }]) {
      expect(() => explainRecord({ ...held!, basis: damage })).toThrow(
        expect.objectContaining({ code: 'ERR_CLI_RUN' }),
      );
    }
  });
});

test('the period is the time to the neighbour, if there is one', () => {
  expect(syncPeriodOf([found!, held!], held!)).toBe(15);
  expect(syncPeriodOf([found!, held!], found!)).toBe(15);
  expect(syncPeriodOf([found!], found!)).toBeUndefined();
});
