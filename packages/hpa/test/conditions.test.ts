import { describe, expect, test } from 'vitest';
import type { Condition } from '@bellows/core';
import {
  READY_FOR_NEW_SCALE,
  SCALING_DISABLED,
  failedGetScale,
} from '../src/condition-messages.ts';
import { isConditionTrue, removeCondition, setCondition } from '../src/conditions.ts';

const able: Condition = {
  type: 'AbleToScale',
  status: 'True',
  reason: 'SucceededGetScale',
  message: 'x',
  lastTransitionTimeMs: 1000,
};

describe('setCondition', () => {
  test('appends a type that is not there yet, with the time in whole seconds', () => {
    expect(setCondition([able], SCALING_DISABLED, 5999)).toEqual([
      able,
      { ...SCALING_DISABLED, lastTransitionTimeMs: 5000 },
    ]);
  });

  test('keeps the time where only the reason changes', () => {
    expect(setCondition([able], READY_FOR_NEW_SCALE, 5000)).toEqual([
      { ...READY_FOR_NEW_SCALE, lastTransitionTimeMs: 1000 },
    ]);
  });

  test('moves the time with the status, in its old place', () => {
    const other = { ...able, type: 'ScalingActive' };
    const [first, second] = setCondition([able, other], failedGetScale('gone'), 5000);
    expect(first).toMatchObject({ status: 'False', lastTransitionTimeMs: 5000 });
    expect(second).toBe(other);
  });
});

test('removeCondition removes by type', () => {
  expect(removeCondition([able], 'AbleToScale')).toEqual([]);
  expect(removeCondition([able], 'ScaledToZero')).toEqual([able]);
});

test('isConditionTrue asks the first of its type', () => {
  expect(isConditionTrue([able], 'AbleToScale')).toBe(true);
  expect(isConditionTrue([{ ...able, status: 'Unknown' }], 'AbleToScale')).toBe(false);
  expect(isConditionTrue([], 'AbleToScale')).toBe(false);
});
