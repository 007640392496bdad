import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BellowsError, Quantity } from '../../src/index.ts';

const NANO = 1_000_000_000n;

/** Amounts of up to 15 digits with any suffix: everything a manifest can hold. */
const plainText = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.bigInt({ min: 0n, max: 999_999_999n }),
    fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-2', 'e0'),
  )
  .map(([sign, whole, fraction, suffix]) =>
    [sign, whole, fraction === undefined ? '' : `.${fraction}`, suffix].join(''),
  );

/** Text that looks like a quantity and often is none. */
const nearlyText = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789.+-eEinumkKMGTP ')),
  maxLength: 30,
});

function errorCode(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return BellowsError.is(error) ? error.code : String(error);
  }
}

/** Billionths of a quantity, from its canonical decimal text. */
function nanos(quantity: Quantity): bigint {
  return quantity.sub(Quantity.parse('0')).mul(1n).quantity.scaledValue(-9);
}

describe('Quantity', () => {
  test.each([
    ['500m', 1n, 500n],
    ['2', 2n, 2000n],
    ['1.5Gi', 1_610_612_736n, 1_610_612_736_000n],
    ['1.0001', 2n, 1001n],
    ['-1.0001', -2n, -1001n],
    ['12e6', 12_000_000n, 12_000_000_000n],
  ])('%s is %d, in thousandths %d, rounded up', (text, value, milli) => {
    const quantity = Quantity.parse(text);
    expect([quantity.value(), quantity.milliValue()]).toEqual([value, milli]);
  });

  test('keeps a spelling that is canonical enough and shows the canonical one on request', () => {
    const quantity = Quantity.parse('1E3');
    expect([quantity.toString(), quantity.canonical()]).toEqual(['1E3', '1e3']);
    expect(Quantity.parse('1000m').toString()).toBe('1');
  });

  test('overflows as the controller does: 0 from an int64, the low bits from a large decimal', () => {
    expect(Quantity.parse('1e18').milliValue()).toBe(0n);
    expect(Quantity.parse('9223372036854776').milliValue()).toBe(-9_223_372_036_854_775_616n);
    expect(Quantity.parse('9223372036854775808').value()).toBe(-9_223_372_036_854_775_808n);
  });

  test('adds in the format of the left side, or of the right side when the left is zero', () => {
    const sum = Quantity.parse('1Mi').add(Quantity.parse('1k'));
    expect([sum.toString(), sum.format]).toEqual(['1049576', 'BinarySI']);
    expect(Quantity.parse('0').add(Quantity.parse('1Mi')).format).toBe('BinarySI');
  });

  test('subtracts the smallest int64 exactly', () => {
    const smallest = Quantity.fromInteger(-(2n ** 63n));
    expect(Quantity.fromInteger(0n).sub(smallest).toString()).toBe('9223372036854775808');
    expect(Quantity.fromInteger(5n).sub(smallest).toString()).toBe('9223372036854775813');
  });

  test('multiplies, and says when the digits no longer fit an int64', () => {
    expect(Quantity.parse('1500m').mul(3n).quantity.toString()).toBe('4500m');
    expect(Quantity.parse('9223372036854775807').mul(2n).exact).toBe(false);
  });

  test('rounds up to a power of ten, away from zero', () => {
    expect(Quantity.parse('1234m').roundUp(0).quantity.toString()).toBe('2');
    expect(Quantity.parse('-1234m').roundUp(0).quantity.toString()).toBe('-2');
    expect(Quantity.parse('2').roundUp(0).exact).toBe(true);
  });

  test('turns into a double in the two steps of Go', () => {
    // 59 × 0.001, not the nearest double to 0.059.
    expect(Quantity.parse('59m').asApproximateNumber()).toBe(0.059000000000000004);
    expect(Quantity.parse('1e999').asApproximateNumber()).toBe(Number.POSITIVE_INFINITY);
    expect(Quantity.parse('0e999').asApproximateNumber()).toBe(0);
  });

  test('is an int64 only where that needs no rounding', () => {
    expect(Quantity.parse('3k').asInt64()).toBe(3000n);
    expect(Quantity.parse('1500m').asInt64()).toBeUndefined();
  });

  test('is the JSON string of its text, and reads numbers as they are spelled', () => {
    expect(JSON.stringify({ cpu: Quantity.parse('250m') })).toBe('{"cpu":"250m"}');
    expect(Quantity.parseJson('1.10').toString()).toBe('1100m');
    expect(Quantity.parseJson('" 5 "').toString()).toBe('5');
    expect(Quantity.parseJson('null').sign()).toBe(0);
  });

  test('refuses a value outside int64 and an exponent outside int32', () => {
    expect(errorCode(() => Quantity.fromMilli(2n ** 63n))).toBe('ERR_CORE_QUANTITY');
    expect(errorCode(() => Quantity.fromScaled(1n, 0.5))).toBe('ERR_CORE_QUANTITY');
  });

  test('refuses arithmetic on amounts that would fill the memory', () => {
    const huge = Quantity.parse('1e2147483646');
    expect(errorCode(() => huge.add(Quantity.parse('1')))).toBe('ERR_CORE_QUANTITY');
    expect(errorCode(() => Quantity.parse('1234567890123456789e2147483646'))).toBe(
      'ERR_CORE_QUANTITY',
    );
    expect(huge.compare(Quantity.parse('1'))).toBe(1);
    expect(Quantity.parse('-1e2147483646').compare(Quantity.parse('1n'))).toBe(-1);
  });

  test('any text is a quantity or an error that says so', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearlyText), (text) => {
        const code = errorCode(() => {
          const quantity = Quantity.parse(text);
          quantity.toString();
          quantity.canonical();
          quantity.value();
          quantity.milliValue();
          quantity.compare(Quantity.parse('1'));
          JSON.stringify(quantity);
        });
        expect([undefined, 'ERR_CORE_QUANTITY']).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });

  test('reading what was written gives the same amount, and the canonical text is canonical', () => {
    fc.assert(
      fc.property(plainText, (text) => {
        const quantity = Quantity.parse(text);
        const canonical = quantity.canonical();
        expect(Quantity.parse(canonical).compare(quantity)).toBe(0);
        expect(Quantity.parse(canonical).canonical()).toBe(canonical);
      }),
    );
  });

  test('compares as the exact numbers do', () => {
    fc.assert(
      fc.property(plainText, plainText, (a, b) => {
        const left = Quantity.parse(a);
        const right = Quantity.parse(b);
        const difference = left.sub(right);
        expect(left.compare(right)).toBe(difference.sign());
        expect(right.compare(left)).toBe(difference.sign() === 0 ? 0 : -difference.sign());
      }),
    );
  });

  test('sums to the same amount in any order', () => {
    const small = fc.bigInt({ min: -NANO * 1000n, max: NANO * 1000n });
    fc.assert(
      fc.property(fc.array(small, { maxLength: 12 }), (amounts) => {
        const sum = (list: readonly bigint[]): Quantity =>
          list.reduce(
            (total, amount) => total.add(Quantity.fromScaled(amount, -9)),
            Quantity.fromInteger(0n),
          );
        expect(sum(amounts).compare(sum(amounts.toReversed()))).toBe(0);
        expect(nanos(sum(amounts))).toBe(amounts.reduce((total, amount) => total + amount, 0n));
      }),
    );
  });

  test('milliValue never lies below the amount and less than one thousandth above it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (amount) => {
        const milli = Quantity.fromScaled(amount, -9).milliValue();
        expect(milli * 1_000_000n >= amount).toBe(true);
        expect(milli * 1_000_000n - amount < 1_000_000n).toBe(true);
      }),
    );
  });
});
