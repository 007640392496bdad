import { describe, expect, test } from 'vitest';
import { PROFILE_1_37 } from '@bellows/hpa';
import { isWithinTolerance, tolerancesOf } from '../src/tolerance.ts';
import { autoscaler } from './samples.ts';

describe('isWithinTolerance', () => {
  const tenPercent = { downRatio: 0.1, upRatio: 0.1 };

  test.each([
    [0.9, true],
    [1.1, true],
    [0.8999999999999999, false],
    [1.1000000000000003, false],
    [Number.NaN, false],
    [Infinity, false],
  ])('says of %d: %s', (ratio, expected) => {
    expect(isWithinTolerance(ratio, tenPercent)).toBe(expected);
  });
});

describe('tolerancesOf', () => {
  const behavior = { scaleUp: { tolerance: '0.059' }, scaleDown: {} };

  test('takes the HPA’s own of one direction and the controller’s of the other', () => {
    const { spec } = autoscaler({ behavior });
    // 59 × 0.001 in float64, since the API server writes 0.059 as 59m.
    expect(tolerancesOf(spec, PROFILE_1_37)).toEqual({
      downRatio: 0.1,
      upRatio: 0.059000000000000004,
    });
  });

  test('names the tolerance that is no quantity', () => {
    const { spec } = autoscaler({ behavior: { scaleUp: { tolerance: 'x' } } });
    expect(() => tolerancesOf(spec, PROFILE_1_37)).toThrow(
      expect.objectContaining({ place: { field: 'tolerance' } }),
    );
  });

  test('takes the controller’s for both with the gate off', () => {
    const featureGates = { ...PROFILE_1_37.featureGates, HPAConfigurableTolerance: false };
    const { spec } = autoscaler({ behavior });
    expect(tolerancesOf(spec, { ...PROFILE_1_37, featureGates })).toEqual({
      downRatio: 0.1,
      upRatio: 0.1,
    });
  });
});
