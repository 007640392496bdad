import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeTick, tickPlans, type TickPlan } from '../../../src/fuzz/generator/ticks.ts';

const [sample] = fc.sample(tickPlans, { seed: 1, numRuns: 1 }) as [readonly TickPlan[]];
const plain: TickPlan = { ...sample[0]!, step: 'regular', delay: 0, spec: undefined };
const spec = { spec: { scaleTargetRef: { kind: 'D', name: 'd' }, maxReplicas: 1 }, metrics: [] };
const last = { at: 30, nextRegularAt: 45 };
const rhythm = { syncSeconds: 15, specStarts: true };

describe('placeTick', () => {
  test('keeps the rhythm where nothing else happens', () => {
    expect(placeTick(plain, last, rhythm)).toEqual({ at: 45, nextRegularAt: 60 });
  });

  test('puts a spec change between two regular ticks, which stay where they are', () => {
    expect(placeTick({ ...plain, spec, delay: 40 }, last, rhythm)).toEqual({
      at: 43,
      trigger: 'specChange',
      nextRegularAt: 45,
    });
  });

  test('takes a spec along with the next regular tick where it starts none', () => {
    expect(placeTick({ ...plain, spec }, last, { ...rhythm, specStarts: false }).at).toBe(45);
  });

  test('has no room for an extra tick right before a regular one', () => {
    const late = { at: 44, nextRegularAt: 45 };
    expect(placeTick({ ...plain, step: 'recreate' }, late, rhythm)).toEqual({
      at: 45,
      nextRegularAt: 60,
    });
  });

  test('begins a new rhythm with a restart, and after a gap', () => {
    expect(placeTick({ ...plain, step: 'restart', delay: 3 }, last, rhythm)).toEqual({
      at: 34,
      trigger: 'restart',
      nextRegularAt: 49,
    });
    expect(placeTick({ ...plain, step: 'recreateAfterGap', delay: 3 }, last, rhythm)).toEqual({
      at: 49,
      trigger: 'recreateAfterGap',
      nextRegularAt: 64,
    });
  });
});
