import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CounterWindow } from '../../src/index.ts';

const WINDOW = { windowMs: 15_000 };

function windowOf(samples: readonly (readonly [second: number, value: number])[]): CounterWindow {
  const window = new CounterWindow();
  for (const [second, value] of samples) window.add(second * 1000, value);
  return window;
}

describe('CounterWindow', () => {
  test('a counter that climbs 300 in 15 s has a rate of 20 per second, at the newest sample', () => {
    const window = windowOf([
      [0, 100],
      [5, 200],
      [15, 400],
    ]);
    expect(window.rate({ nowMs: 15_000, ...WINDOW })).toEqual({
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
    expect(window.rate({ nowMs: 10_000, ...WINDOW })).toMatchObject({ value: 7 });
  });

  test('divides by the time between its samples, not by the window', () => {
    const window = windowOf([
      [8, 0],
      [10, 10],
    ]);
    expect(window.rate({ nowMs: 12_000, ...WINDOW })).toMatchObject({ value: 5, atMs: 10_000 });
  });

  test('samples before the window and after now do not count', () => {
    const window = windowOf([
      [0, 0],
      [20, 1000],
      [30, 1100],
      [40, 9000],
    ]);
    expect(window.rate({ nowMs: 31_000, ...WINDOW })).toMatchObject({ value: 10 });
  });

  test('an idle counter has a rate of 0, which is a value', () => {
    const window = windowOf([
      [0, 5],
      [1, 5],
    ]);
    expect(window.rate({ nowMs: 1000, ...WINDOW })).toMatchObject({ kind: 'value', value: 0 });
  });

  test('no sample, one sample and a stale series are missing, each with its reason', () => {
    expect(windowOf([]).rate({ nowMs: 0, ...WINDOW })).toEqual({
      kind: 'missing',
      reason: 'no sample yet',
    });
    expect(windowOf([[1, 5]]).rate({ nowMs: 2000, ...WINDOW })).toEqual({
      kind: 'missing',
      reason: 'fewer than two samples in 15 s',
    });
    const stopped = windowOf([
      [1, 5],
      [2, 6],
    ]);
    expect(stopped.rate({ nowMs: 7000, ...WINDOW, staleAfterMs: 3000 })).toEqual({
      kind: 'missing',
      reason: 'newest sample is 5 s old',
    });
    expect(stopped.rate({ nowMs: 60_000, ...WINDOW })).toMatchObject({ kind: 'missing' });
  });

  test('drops values that no counter has, and a second sample of one time', () => {
    const window = windowOf([
      [0, 1],
      [1, Number.NaN],
      [1, -1],
      [1, Number.POSITIVE_INFINITY],
      [2, 3],
      [2, 100],
    ]);
    expect(window.rate({ nowMs: 2000, ...WINDOW })).toMatchObject({ value: 1 });
  });

  test('starts anew when the clock was set back', () => {
    const window = windowOf([
      [100, 1],
      [101, 2],
      [95, 10],
      [96, 12],
    ]);
    expect(window.rate({ nowMs: 101_000, ...WINDOW })).toMatchObject({ value: 2, atMs: 96_000 });
  });

  test('keeps the newest samples when it is full', () => {
    const window = new CounterWindow({ maxSamples: 3 });
    for (let second = 0; second < 10; second += 1) window.add(second * 1000, second * second);
    // 49 at 7 s to 81 at 9 s.
    expect(window.rate({ nowMs: 9000, ...WINDOW })).toMatchObject({ value: 16 });
  });

  test('refuses a size that holds no rate', () => {
    expect(() => new CounterWindow({ maxSamples: 1 })).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }),
    );
  });

  test('the rate times the time between the samples is all that was counted, resets included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.boolean()), {
          minLength: 2,
          maxLength: 60,
        }),
        (steps) => {
          const window = new CounterWindow();
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
          const rate = window.rate({ nowMs: lastMs, windowMs: lastMs });
          expect(rate.kind === 'value' ? (rate.value * lastMs) / 1000 : rate).toBeCloseTo(
            counted,
            6,
          );
        },
      ),
    );
  });
});
