import { expect, test } from 'vitest';
import { decide, explainDecision, PROFILE_1_37, readBasis, toDecisionRecord } from '@bellows/hpa';
import { autoscaler, NOW_MS, observation, stateWith } from './samples.ts';

test.each([
  autoscaler({ behavior: {} }),
  autoscaler({}, { generation: 3, profile: { ...PROFILE_1_37, toleranceRatio: 0.5 } }),
])('a decision can be made again from its line in a file', (hpa) => {
  const seen = observation(6, '2');
  const state = stateWith([45, 6]);
  const decision = decide(hpa, seen, state, NOW_MS);
  const input = { autoscaler: hpa, observation: seen, decision, nowMs: NOW_MS };
  const record = toDecisionRecord({ ...input, source: 'local', stateBefore: state });
  const read = JSON.parse(JSON.stringify(record)) as typeof record;
  const { basis, ...told } = read;
  expect(basis).toBeDefined();
  expect(explainDecision({ ...readBasis(read)!, source: 'local' })).toMatchObject(told);
});

test('a record without what it was made from says so', () => {
  const seen = observation(6, '2');
  const hpa = autoscaler();
  const decision = decide(hpa, seen, stateWith(), NOW_MS);
  const input = { autoscaler: hpa, observation: seen, decision, nowMs: NOW_MS };
  const record = toDecisionRecord({ ...input, source: 'local' });
  expect(record).not.toHaveProperty('basis');
  expect(readBasis(record)).toBeUndefined();
});
