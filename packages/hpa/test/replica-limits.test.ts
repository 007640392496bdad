import { describe, expect, test } from 'vitest';
import type { PolicyTrace } from '@bellows/hpa';
import { limitWithBehavior, limitWithoutBehavior } from '../src/replica-limits.ts';
import { MIN_INT32 } from '../src/int32.ts';

const range = { minReplicas: 2, maxReplicas: 20 };

describe('limitWithoutBehavior', () => {
  test.each([
    [9, 1, 4, 'ScaleUpLimit'],
    [9, 3, 6, 'ScaleUpLimit'],
    [30, 15, 20, 'TooManyReplicas'],
    [1, 5, 2, 'TooFewReplicas'],
    [8, 5, 8, 'DesiredWithinRange'],
  ])('%i from %i becomes %i: %s', (desired, current, out, reason) => {
    expect(limitWithoutBehavior(desired, current, range)).toEqual({ in: desired, out, reason });
  });

  test('names the range where it is as tight as the growth limit', () => {
    const tight = { minReplicas: 1, maxReplicas: 6 };
    expect(limitWithoutBehavior(9, 3, tight)).toMatchObject({ out: 6, reason: 'TooManyReplicas' });
  });

  test('puts the minimum before the growth limit', () => {
    const high = { minReplicas: 10, maxReplicas: 20 };
    expect(limitWithoutBehavior(9, 1, high)).toMatchObject({ out: 10, reason: 'TooFewReplicas' });
  });

  test('overflows as amd64 does where the count is above half of what there can be', () => {
    const huge = { minReplicas: 1, maxReplicas: 2_147_483_647 };
    expect(limitWithoutBehavior(2_000_000_000, 2_000_000_000, huge).out).toBe(MIN_INT32);
  });
});

describe('limitWithBehavior', () => {
  const policy = (direction: 'up' | 'down', limit: number): PolicyTrace => ({
    direction,
    selectPolicy: 'Max',
    limit,
  });

  test.each([
    [{ desired: 9, current: 5, limit: 7 }, 7, 'ScaleUpLimit'],
    [{ desired: 30, current: 15, limit: 25 }, 20, 'TooManyReplicas'],
    [{ desired: 30, current: 15, limit: 20 }, 20, 'TooManyReplicas'],
    [{ desired: 6, current: 5, limit: 9 }, 6, 'DesiredWithinRange'],
    [{ desired: 9, current: 5, limit: 3 }, 5, 'ScaleUpLimit'],
    [{ desired: 3, current: 9, limit: 6 }, 6, 'ScaleDownLimit'],
    [{ desired: 1, current: 9, limit: 0 }, 2, 'TooFewReplicas'],
    [{ desired: 3, current: 9, limit: 12 }, 9, 'ScaleDownLimit'],
  ])('%j becomes %i: %s', ({ desired, current, limit }, out, reason) => {
    const result = limitWithBehavior(desired, current, range, (direction) =>
      policy(direction, limit),
    );
    expect(result).toMatchObject({ in: desired, out, reason });
  });

  test('looks at nothing where the count stays, not even the range', () => {
    const result = limitWithBehavior(50, 50, range, () => {
      throw new Error('asked for a policy');
    });
    expect(result).toEqual({ in: 50, out: 50, reason: 'DesiredWithinRange' });
  });
});
