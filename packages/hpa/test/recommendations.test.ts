import { expect, test } from 'vitest';
import { recordRecommendation, youngestRecommendation } from '../src/recommendations.ts';

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

test('the youngest of a count is looked for among those that the window counts', () => {
  const list = [...old, { atMs: 5, replicas: 1 }, { atMs: 3, replicas: 1 }];
  expect(youngestRecommendation(list, 1, () => true)).toEqual({ atMs: 5, replicas: 1 });
  expect(youngestRecommendation(list, 1, (atMs) => atMs < 5)).toEqual({ atMs: 3, replicas: 1 });
  expect(youngestRecommendation(list, 7, () => true)).toBeUndefined();
});
