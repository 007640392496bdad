import { expect, test } from 'vitest';
import { withoutBasis } from '../../src/record/without-basis.ts';
import { decision, NOON_MS } from '../fixtures/run-view.ts';

test('leaves out what the decision was made from, and nothing else', () => {
  const record = decision(NOON_MS, 1, 2);
  const full = { ...record, basis: { spec: {} } };
  expect(withoutBasis(full)).toEqual(record);
  expect(full).toHaveProperty('basis');
});
