import { expect, test } from 'vitest';
import { averageAmount, utilizationAmount, valueAmount } from '../../src/metrics/metric-amount.ts';

test('keeps the kind of an amount beside its text', () => {
  expect(averageAmount('1')).toEqual({ kind: 'averageValue', text: '1' });
  expect(valueAmount('1')).toEqual({ kind: 'value', text: '1' });
  expect(utilizationAmount(63)).toEqual({ kind: 'utilization', text: '63%' });
});
