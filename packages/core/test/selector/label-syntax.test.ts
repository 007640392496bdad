import { describe, expect, test } from 'vitest';
import { labelKeyProblems, labelValueProblems } from '../../src/index.ts';

describe('labelKeyProblems', () => {
  test.each(['app', 'app.kubernetes.io/name', 'A_b-c.1', 'a'.repeat(63)])('accepts %s', (key) => {
    expect(labelKeyProblems(key)).toEqual([]);
  });

  test.each(['', '-a', 'a/b/c', '/a', 'A.b/c', 'a b', `a/`, `${'a'.repeat(254)}/x`, 'é'])(
    'refuses %j',
    (key) => {
      expect(labelKeyProblems(key)).not.toEqual([]);
    },
  );

  test("uses the API server's words", () => {
    expect(labelKeyProblems('a'.repeat(64))).toEqual(['name part must be no more than 63 bytes']);
  });
});

describe('labelValueProblems', () => {
  test('accepts empty and refuses a dash at the edge and 64 characters', () => {
    expect(labelValueProblems('')).toEqual([]);
    expect(labelValueProblems('-5')).toHaveLength(1);
    expect(labelValueProblems('a'.repeat(64))).toEqual(['must be no more than 63 bytes']);
  });

  test('judges long text in no time', () => {
    expect(labelKeyProblems(`${'a-'.repeat(100_000)}!`)).not.toEqual([]);
    expect(labelKeyProblems(`${'a.'.repeat(100_000)}!/x`)).not.toEqual([]);
  });
});
