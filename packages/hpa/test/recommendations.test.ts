import { expect, test } from 'vitest';
import { recordRecommendation } from '../src/recommendations.ts';

const old = [
  { atMs: 1, replicas: 1 },
  { atMs: 2, replicas: 2 },
];
const next = { atMs: 9, replicas: 9 };

test('appends without a slot to reuse, else overwrites that slot; the old list stays as it was', () => {
  expect(recordRecommendation(old, next, -1)).toEqual([...old, next]);
  expect(recordRecommendation(old, next, 0)).toEqual([next, old[1]]);
  expect(old).toHaveLength(2);
});
