import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuantileSketch } from '../../src/instruments/quantile-sketch.ts';

test('a quantile is within 1 % of the value of that rank, whatever the values', () => {
  const values = fc.array(
    fc.oneof(
      fc.constant(0),
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.double({ min: -1e9, max: -1e-9, noNaN: true }),
    ),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const sketch = new QuantileSketch();
      for (const value of given) sketch.add(value);
      const sorted = given.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(share * given.length)) - 1]!;
      const [estimate] = sketch.quantiles([share]);
      expect(Math.abs(estimate! - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101);
    }),
  );
});

test('has no quantile without values', () => {
  expect(new QuantileSketch().quantiles([0.5])).toEqual([Number.NaN]);
});
