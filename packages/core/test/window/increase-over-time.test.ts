import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { increaseOverTime, rateOverTime, SampleWindow } from '../../src/index.ts';

const WINDOW = { windowMs: 15_000 };

function windowOf(samples: readonly (readonly [second: number, value: number])[]): SampleWindow {
  const window = new SampleWindow();
  for (const [second, value] of samples) window.add(second * 1000, value);
  return window;
}

describe('rateOverTime', () => {
  test('a counter that climbs 300 in 15 s has a rate of 20 per second, at the newest sample', () => {
    const window = windowOf([
      [0, 100],
      [5, 200],
      [15, 400],
    ]);
    expect(rateOverTime(window, { nowMs: 15_000, ...WINDOW })).toEqual({
      kind: 'value',
      value: 20,
      atMs: 15_000,
    });
  });

  test('after a reset the new value counts: 50 + 20 in 10 s is 7 per second', () => {
    const window = windowOf([
      [0, 100],
      [5, 150],
      [10, 20],
    ]);
    expect(rateOverTime(window, { nowMs: 10_000, ...WINDOW })).toMatchObject({ value: 7 });
    expect(increaseOverTime(window, { nowMs: 10_000, ...WINDOW })).toEqual({
      kind: 'value',
      value: 70,
      atMs: 10_000,
    });
  });

  test('divides by the time between its samples, not by the window', () => {
    const window = windowOf([
      [8, 0],
      [10, 10],
    ]);
    expect(rateOverTime(window, { nowMs: 12_000, ...WINDOW })).toMatchObject({
      value: 5,
      atMs: 10_000,
    });
  });

  test('divides by the time its place was looked at, as far as the window reaches', () => {
    const window = windowOf([
      [18, 0],
      [20, 10],
    ]);
    const rateFrom = (second: number): unknown =>
      rateOverTime(window, { nowMs: 20_000, ...WINDOW, observedFromMs: second * 1000 });
    expect(rateFrom(10)).toMatchObject({ value: 1 });
    expect(rateFrom(0)).toMatchObject({ value: 10 / 15 });
    expect(rateFrom(19)).toMatchObject({ value: 5 });
  });

  test('samples before the window and after now do not count', () => {
    const window = windowOf([
      [0, 0],
      [20, 1000],
      [30, 1100],
      [40, 9000],
    ]);
    expect(rateOverTime(window, { nowMs: 31_000, ...WINDOW })).toMatchObject({ value: 10 });
  });

  test('an idle counter has a rate of 0, which is a value', () => {
    const window = windowOf([
      [0, 5],
      [1, 5],
    ]);
    expect(rateOverTime(window, { nowMs: 1000, ...WINDOW })).toMatchObject({
      kind: 'value',
      value: 0,
    });
  });

  test('fewer than two samples in the window are missing', () => {
    const reason = 'fewer than two samples in 15 s';
    const range = { nowMs: 20_000, ...WINDOW };
    for (const window of [
      windowOf([]),
      windowOf([[10, 5]]),
      windowOf([
        [0, 1],
        [1, 5],
      ]),
    ]) {
      expect(rateOverTime(window, range)).toEqual({ kind: 'missing', reason });
      expect(increaseOverTime(window, range)).toEqual({ kind: 'missing', reason });
    }
  });

  test('is never below 0, also of values that no counter has', () => {
    const window = windowOf([
      [0, 5],
      [1, -5],
    ]);
    expect(rateOverTime(window, { nowMs: 1000, ...WINDOW })).toMatchObject({ value: 0 });
  });
});

test('the increase is all that was counted after the first sample, resets included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.boolean()), {
        minLength: 2,
        maxLength: 60,
      }),
      (steps) => {
        const window = new SampleWindow();
        let value = 0;
        let counted = 0;
        for (const [index, [increment, restarts]] of steps.entries()) {
          // Only a restart that counts less than before can be seen from outside.
          if (restarts && increment < value) value = 0;
          value += increment;
          if (index > 0) counted += increment;
          window.add(index * 1000, value);
        }
        const lastMs = (steps.length - 1) * 1000;
        const range = { nowMs: lastMs, windowMs: lastMs };
        expect(increaseOverTime(window, range)).toMatchObject({ value: counted });
        const rate = rateOverTime(window, range);
        expect(rate.kind === 'value' && (rate.value * lastMs) / 1000).toBeCloseTo(counted, 6);
      },
    ),
  );
});
