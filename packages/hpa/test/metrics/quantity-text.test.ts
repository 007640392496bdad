import fc from 'fast-check';
import { Quantity } from '@bellows/core';
import { expect, test } from 'vitest';
import { MAX_INT64 } from '../../src/int64.ts';
import { quantityText } from '../../src/metrics/quantity-text.ts';

test.each([
  [0, undefined, '0'],
  [1500, undefined, '1500m'],
  [3000, undefined, '3'],
  [12_000_000, undefined, '12k'],
  [MAX_INT64, undefined, '9223372036854775807m'],
  [134_217_728_000, 'memory', '128Mi'],
  [1000, 'memory', '1'],
  [1_024_000, 'memory', '1Ki'],
  [1_099_511_627_776_000, 'memory', '1Ti'],
  [1_024_001, 'memory', '1024001m'],
])('writes %d thousandths (%s) as %s', (valueMilli, resource, text) => {
  expect(quantityText(valueMilli, resource)).toBe(text);
});

test('writes every number as Quantity does', () => {
  const power = fc.constantFrom(1, 1000, 1_000_000, 1024, 1_024_000, 1_048_576_000, 2 ** 40, 1e15);
  const milli = fc.oneof(
    fc.maxSafeInteger(),
    fc.tuple(fc.integer(), power).map(([factor, unit]) => factor * unit),
    fc.tuple(fc.integer({ min: -9, max: 9 }), power).map(([factor, unit]) => factor * unit),
  );
  fc.assert(
    fc.property(milli, fc.constantFrom('memory', 'cpu'), (valueMilli, resource) => {
      fc.pre(Number.isSafeInteger(valueMilli));
      const format = resource === 'memory' ? 'BinarySI' : 'DecimalSI';
      const text = Quantity.fromMilli(BigInt(valueMilli), format).toString();
      expect(quantityText(valueMilli, resource)).toBe(text);
    }),
    { numRuns: 5000 },
  );
});
