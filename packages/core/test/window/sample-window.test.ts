import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SampleWindow } from '../../src/index.ts';

function samplesOf(window: SampleWindow): [atMs: number, value: number][] {
  return Array.from({ length: window.length }, (_, index) => [
    window.atMs(index),
    window.value(index),
  ]);
}

describe('SampleWindow', () => {
  test('drops values that are not finite, and a second sample of one time', () => {
    const window = new SampleWindow();
    window.add(0, 1);
    window.add(1, Number.NaN);
    window.add(1, Number.POSITIVE_INFINITY);
    window.add(Number.NaN, 5);
    window.add(2, 3);
    window.add(2, 100);
    expect(samplesOf(window)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('starts anew when the clock was set back, also when it is full', () => {
    const window = new SampleWindow({ maxSamples: 3 });
    for (const atMs of [97, 98, 99, 100, 95, 96]) window.add(atMs, atMs);
    expect(samplesOf(window)).toEqual([
      [95, 95],
      [96, 96],
    ]);
  });

  test('says from which sample on a time is reached', () => {
    const window = new SampleWindow({ maxSamples: 3 });
    for (const atMs of [10, 20, 30, 40]) window.add(atMs, 0);
    expect([5, 20, 21, 40, 41].map((atMs) => window.indexFrom(atMs))).toEqual([0, 0, 1, 2, 3]);
  });

  test('an index outside has no sample', () => {
    const window = new SampleWindow();
    window.add(1, 2);
    expect([window.value(-1), window.value(1), window.atMs(-1), window.atMs(1)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  test('holds the newest samples, whatever came before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(100), (maxSamples, count) => {
        const window = new SampleWindow({ maxSamples });
        const all = Array.from({ length: count }, (_, index): [number, number] => [index, -index]);
        for (const [atMs, value] of all) window.add(atMs, value);
        expect(samplesOf(window)).toEqual(all.slice(-maxSamples));
      }),
    );
  });

  test.each([1, 0, 2.5, Number.NaN])('refuses a size of %d', (maxSamples) => {
    expect(() => new SampleWindow({ maxSamples })).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }),
    );
  });
});
