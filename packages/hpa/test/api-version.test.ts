import { expect, test } from 'vitest';
import { apiGroup, apiVersionProblem } from '../src/api-version.ts';

test('reads a group and version, a version alone, or nothing', () => {
  expect(['apps/v1', 'v1', '', '/'].map(apiVersionProblem)).toEqual(Array(4).fill(undefined));
  expect(['apps/v1', 'v1', ''].map(apiGroup)).toEqual(['apps', '', '']);
});

test('words more than two parts as Kubernetes does', () => {
  expect(apiVersionProblem('a/b/c')).toBe('unexpected GroupVersion string: a/b/c');
});
