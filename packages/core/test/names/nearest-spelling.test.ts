import { describe, expect, test } from 'vitest';
import { editDistance, nearestSpelling } from '../../src/names/nearest-spelling.ts';

describe('nearestSpelling', () => {
  test.each([
    ['replcas', 'replicas'],
    ['Replicas', 'replicas'],
    ['periodSecond', 'periodSeconds'],
    ['tpye', 'type'],
    ['deploymnet', 'Deployment'],
  ])('takes %s for %s', (word, nearest) => {
    expect(
      nearestSpelling(word, ['replicas', 'periodSeconds', 'type', 'Deployment', 'selector']),
    ).toBe(nearest);
  });

  test.each(['', 'x', 'volumes', 'metrics'])('takes %j for nothing', (word) => {
    expect(nearestSpelling(word, ['replicas', 'selector'])).toBeUndefined();
  });

  test('compares words of any length in no time', () => {
    expect(nearestSpelling('x'.repeat(1_000_000), ['replicas'])).toBeUndefined();
  });
});

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
