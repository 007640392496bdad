import { expect, test } from 'vitest';
import { forbidden, invalid, required, unsupported } from '../../src/validation/hpa-problem.ts';

test.each([
  [required('spec.maxReplicas', 'must be set'), 'Required value: must be set'],
  [required('kind'), 'Required value'],
  [forbidden('spec.metrics', 'no'), 'Forbidden: no'],
  [invalid('spec.minReplicas', -1, 'must be positive'), 'Invalid value: -1: must be positive'],
  [invalid('name', 'a/b', 'no'), 'Invalid value: "a/b": no'],
  [invalid('name', undefined, 'no'), 'Invalid value: null: no'],
  [unsupported('type', 'X', ['A', 'B']), 'Unsupported value: "X": supported values: "A", "B"'],
])('words it as the API server: %j', (problem, message) => {
  expect(problem.message).toBe(message);
  expect(message.startsWith(problem.kind)).toBe(true);
});
