import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../src/index.ts';
import { problemsOf } from '../fixtures/problems-of.ts';

function budgetText(spec: string): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec: { selector: {}, ${spec} }\n`;
}

describe('podDisruptionBudgetKind', () => {
  test.each([
    ['minAvailable: 1', { minAvailable: 1 }],
    ['maxUnavailable: 25%', { maxUnavailable: '25%' }],
    ['maxUnavailable: 0', { maxUnavailable: 0 }],
  ])('reads %s', (spec, expected) => {
    const [object] = parseManifests([{ file: '-', text: budgetText(spec) }]).objects;
    expect(object).toMatchObject({ spec: { selector: {}, ...expected } });
  });

  test.each([
    [
      'minAvailable: 1, maxUnavailable: 1',
      'spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set. Keep one of the two.',
    ],
    ['', 'spec: Required value: must set minAvailable or maxUnavailable. Set maxUnavailable: 1.'],
    [
      'minAvailable: -1',
      'spec.minAvailable: Invalid value: -1: must be greater than or equal to 0.',
    ],
    [
      'minAvailable: half',
      "spec.minAvailable: Invalid value: \"half\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%').",
    ],
    [
      'maxUnavailable: 101%',
      'spec.maxUnavailable: Invalid value: "101%": must not be greater than 100%.',
    ],
    ['minAvailable: 0.5', 'spec.minAvailable: Expected a whole number, got the number 0.5.'],
  ])('refuses { %s }', (spec, problem) => {
    const [found] = problemsOf(budgetText(spec));
    expect(found?.replace(/^\d+:\d+ /, '')).toBe(problem);
  });
});
