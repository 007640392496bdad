import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageOverTime, maxOverTime, SampleWindow } from '../../src/index.ts';

const RANGE = { nowMs: 20_000, windowMs: 15_000 };

function windowOf(...values: readonly number[]): SampleWindow {
  const window = new SampleWindow();
  for (const [second, value] of values.entries()) window.add(second * 1000, value);
  return window;
}

test('only what lies in the window counts, with the time of the last sample', () => {
  // 100 to 4 s lies before the window.
  const window = windowOf(100, 100, 100, 100, 100, 1, 5, 3);
  expect(averageOverTime(window, RANGE)).toEqual({ kind: 'value', value: 3, atMs: 7000 });
  expect(maxOverTime(window, RANGE)).toEqual({ kind: 'value', value: 5, atMs: 7000 });
});

test('an empty window is missing', () => {
  for (const overTime of [averageOverTime, maxOverTime]) {
    expect(overTime(windowOf(1, 2), RANGE)).toEqual({
      kind: 'missing',
      reason: 'no sample in 15 s',
    });
  }
});

test('the average of any finite values is finite, between the least and the greatest', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -8e307, max: 8e307 });
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 20 }), (values) => {
      const average = averageOverTime(windowOf(...values), { nowMs: 99_000, windowMs: 99_000 });
      const slack = 1e-9 * Math.max(...values.map(Math.abs));
      expect(average.kind === 'value' && average.value).toBeGreaterThanOrEqual(
        Math.min(...values) - slack,
      );
      expect(average.kind === 'value' && average.value).toBeLessThanOrEqual(
        Math.max(...values) + slack,
      );
    }),
  );
});
