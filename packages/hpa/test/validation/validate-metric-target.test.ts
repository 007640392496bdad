import { describe, expect, test } from 'vitest';
import {
  validateExternalTarget,
  validateMetricTarget,
  validateObjectTarget,
  validatePodsTarget,
  validateResourceTarget,
} from '../../src/validation/validate-metric-target.ts';

type Validate = typeof validateMetricTarget;
const texts = (validate: Validate, target: object) =>
  validate('t', { type: 'Value', ...target }).map(({ field, message }) => `${field}: ${message}`);

test('asks for a type, a positive amount, and at least one percent', () => {
  expect(texts(validateMetricTarget, { type: '' })).toEqual([
    't.type: Required value: must specify a metric target type',
    't.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
  ]);
  expect(
    texts(validateMetricTarget, { value: '0', averageValue: '-1', averageUtilization: 0 }),
  ).toEqual([
    't.value: Invalid value: "0": must be positive',
    't.averageValue: Invalid value: "-1": must be positive',
    't.averageUtilization: Invalid value: 0: must be greater than 0',
  ]);
});

test('does not ask whether the type fits', () => {
  expect(texts(validateResourceTarget, { type: 'Value', averageUtilization: 900 })).toEqual([]);
});

describe('which amounts must and may be there', () => {
  const none = {};
  const both = { value: '1', averageValue: '1' };
  const percentAndAmount = { averageUtilization: 50, averageValue: '1' };

  test.each<[string, Validate, object, string[]]>([
    [
      'Resource',
      validateResourceTarget,
      none,
      [
        't.averageUtilization: Required value: must set either a target raw value or a target utilization',
      ],
    ],
    [
      'Resource',
      validateResourceTarget,
      percentAndAmount,
      ['t.averageValue: Forbidden: may not set both a target raw value and a target utilization'],
    ],
    [
      'External',
      validateExternalTarget,
      none,
      [
        't.averageValue: Required value: must set either a target value for metric or a per-pod target',
      ],
    ],
    [
      'External',
      validateExternalTarget,
      both,
      ['t.value: Forbidden: may not set both a target value for metric and a per-pod target'],
    ],
    [
      'Object',
      validateObjectTarget,
      none,
      ['t.averageValue: Required value: must set either a target value or averageValue'],
    ],
    ['Object', validateObjectTarget, both, []],
    [
      'Pods',
      validatePodsTarget,
      { value: '1' },
      ['t.averageValue: Required value: must specify a positive target averageValue'],
    ],
  ])('%s', (_, validate, target, expected) => {
    expect(texts(validate, target)).toEqual(expected);
  });
});
