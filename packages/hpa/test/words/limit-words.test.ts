import { describe, expect, test } from 'vitest';
import type { LimitTrace } from '@bellows/hpa';
import { limitReason, stabilizationReason } from '../../src/words/limit-words.ts';

describe('stabilizationReason', () => {
  const held = { in: 2, out: 9, direction: 'down', windowSeconds: 300 } as const;

  test('names the recommendation that holds, its age and the window', () => {
    expect(stabilizationReason({ ...held, heldBy: { replicas: 9, atMs: 0 } }, 45_000)?.text).toBe(
      'the 9 recommended 45 s ago still hold (scale-down window 300 s)',
    );
  });

  test('says where the recommendation is the count that was found', () => {
    expect(stabilizationReason({ ...held, heldBy: { replicas: 1, atMs: 7 } }, 7)?.text).toBe(
      'the 1 found at the start still holds (scale-down window 300 s)',
    );
  });

  test('says nothing where nothing is held', () => {
    expect(
      stabilizationReason({ in: 2, out: 2, direction: 'none', windowSeconds: 0 }, 0),
    ).toBeUndefined();
  });
});

describe('limitReason', () => {
  const range = { minReplicas: 2, maxReplicas: 10 };
  const policy = (changes: object): LimitTrace => ({
    in: 9,
    out: 5,
    reason: 'ScaleUpLimit',
    policy: { direction: 'up', selectPolicy: 'Max', limit: 5, ...changes },
  });
  const chosen = { type: 'Pods', value: 1, periodSeconds: 60, periodStartReplicas: 4 };

  test.each<[string | undefined, LimitTrace]>([
    ['maxReplicas is 10', { in: 12, out: 10, reason: 'TooManyReplicas' }],
    ['minReplicas is 2', { in: 1, out: 2, reason: 'TooFewReplicas' }],
    ['scale-up policy allows 1 pod per 60 s, counted from 4', policy({ chosen })],
    [
      'scale-up policy allows 30% per 60 s, counted from 4',
      policy({ chosen: { ...chosen, type: 'Percent', value: 30 } }),
    ],
    ['scale-up is disabled', policy({ selectPolicy: 'Disabled' })],
    ['no scale-up policy allows a change', policy({})],
    [
      'without spec.behavior one step goes to twice the count at most, or to 4',
      { in: 9, out: 4, reason: 'ScaleUpLimit' },
    ],
    [undefined, { in: 5, out: 5, reason: 'DesiredWithinRange' }],
  ])('%s', (words, limit) => {
    expect(limitReason(limit, range)?.text).toBe(words);
  });
});
