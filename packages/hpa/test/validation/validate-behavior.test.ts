import { expect, test } from 'vitest';
import { validateBehavior } from '../../src/validation/validate-behavior.ts';

const texts = (scaleUp: object) =>
  validateBehavior('b', { scaleUp }).map(({ field, message }) => `${field}: ${message}`);
const policies = [{ type: 'Pods', value: 1, periodSeconds: 1 }];

test('lets the edges pass', () => {
  expect(texts({ policies, stabilizationWindowSeconds: 0, tolerance: '0' })).toEqual([]);
  expect(texts({ policies, stabilizationWindowSeconds: 3600, selectPolicy: 'Disabled' })).toEqual(
    [],
  );
  expect(texts({ policies: [{ type: 'Percent', value: 900, periodSeconds: 1800 }] })).toEqual([]);
});

test.each([
  [{ policies: [] }, 'b.scaleUp.policies: Required value: must specify at least one Policy'],
  [
    { policies, stabilizationWindowSeconds: 3601 },
    'b.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600',
  ],
  [
    { policies, stabilizationWindowSeconds: -1 },
    'b.scaleUp.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero',
  ],
  [
    { policies, selectPolicy: 'Most' },
    'b.scaleUp.selectPolicy: Unsupported value: "Most": supported values: "Disabled", "Max", "Min"',
  ],
  [
    { policies: [{ type: 'Nodes', value: 1, periodSeconds: 1 }] },
    'b.scaleUp.policies[0].type: Unsupported value: "Nodes": supported values: "Percent", "Pods"',
  ],
  [
    { policies: [{ type: 'Pods', value: 0, periodSeconds: 1 }] },
    'b.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero',
  ],
  [
    { policies: [{ type: 'Pods', value: 1 }] },
    'b.scaleUp.policies[0].periodSeconds: Invalid value: 0: must be greater than zero',
  ],
  [
    { policies: [{ type: 'Pods', value: 1, periodSeconds: 1801 }] },
    'b.scaleUp.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800',
  ],
  [
    { policies, tolerance: '-0.1' },
    'b.scaleUp.tolerance: Invalid value: "-0.1": must be greater than or equal to 0',
  ],
])('%j', (rules, text) => {
  expect(texts(rules)).toEqual([text]);
});

test('leaves directions alone that are not there', () => {
  expect(validateBehavior('b', { scaleUp: null })).toEqual([]);
});
