import { expect, test } from 'vitest';
import {
  averageAmount,
  quantityText,
  targetAmount,
  utilizationAmount,
  valueAmount,
} from '../../src/metrics/metric-amount.ts';

test.each([
  [1_500n, undefined, '1500m'],
  [2_000n, 'cpu', '2'],
  [1_073_741_824_000n, 'memory', '1Gi'],
  [512_000n, 'memory', '512'],
  [1_073_741_824_333n, 'memory', '1073741824333m'],
])('writes %d thousandths of %s as %s', (valueMilli, resource, expected) => {
  expect(quantityText(valueMilli, resource)).toBe(expected);
});

test('keeps the kind of an amount beside its text', () => {
  expect(averageAmount('1')).toEqual({ kind: 'averageValue', text: '1' });
  expect(valueAmount('1')).toEqual({ kind: 'value', text: '1' });
  expect(utilizationAmount(63)).toEqual({ kind: 'utilization', text: '63%' });
  expect(targetAmount('value', '0.5')).toEqual({ kind: 'value', text: '500m' });
});
