import { BellowsError } from '../bellows-error.ts';
import {
  addAmounts,
  approximateNumber,
  compareAmounts,
  multiplyAmount,
  roundUpAmount,
  scaledInt64,
  scaleUpInt64,
  signOf,
  subtractAmounts,
  type Amount,
} from './amount.ts';
import { canonicalText } from './canonical-text.ts';
import { fitsInt64 } from './int64.ts';
import { parseQuantity } from './parse-quantity.ts';
import { MAX_QUANTITY_DIGITS } from './power-of-ten.ts';
import type { QuantityFormat } from './suffix.ts';

/** Space at either end, as Go's `strings.TrimSpace` sees it: with U+0085, without U+FEFF. */
const OUTER_SPACE =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/** A result, and whether it is what upstream calls exact. */
export interface ExactQuantity {
  /** The result. */
  readonly quantity: Quantity;
  /** Of a rounding: nothing was lost. Of a product: its digits fit an int64. */
  readonly exact: boolean;
}

/**
 * A Kubernetes quantity: an exact number and the way it is written. Immutable. Agrees with upstream in every
 * digit, overflow included, since the autoscaler's decisions rest on it.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/quantity.go
 */
export class Quantity {
  /** How the quantity is written; arithmetic keeps the format of the left side unless that is zero. */
  readonly format: QuantityFormat;
  readonly #amount: Amount;
  #text: string | undefined;

  private constructor(amount: Amount, format: QuantityFormat, text?: string) {
    this.#amount = amount;
    this.format = format;
    this.#text = text;
  }

  /**
   * Reads a quantity such as `500m`, `1.5Gi`, `2e3`. Finer than a billionth is rounded away from zero.
   *
   * @throws {@link BellowsError} `ERR_CORE_QUANTITY` when `text` is no quantity.
   */
  static parse(text: string): Quantity {
    const { amount, format, text: remembered } = parseQuantity(text);
    return new Quantity(amount, format, remembered);
  }

  /**
   * Reads a quantity from raw JSON text: a string, a number as it is spelled, or `null` for zero. Spaces
   * are trimmed and escapes are left as they are, as upstream does.
   *
   * @throws {@link BellowsError} `ERR_CORE_QUANTITY` for anything else.
   */
  static parseJson(json: string): Quantity {
    if (json === 'null') return Quantity.fromInteger(0n);
    const isString = json.length >= 2 && json.startsWith('"') && json.endsWith('"');
    const text = isString ? json.slice(1, -1) : json;
    return Quantity.parse(text.length > MAX_QUANTITY_DIGITS ? text : text.replace(OUTER_SPACE, ''));
  }

  /** Makes `milli` thousandths. @throws {@link BellowsError} `ERR_CORE_QUANTITY` outside int64. */
  static fromMilli(milli: bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
    return Quantity.fromScaled(milli, -3, format);
  }

  /** Makes a whole number. @throws {@link BellowsError} `ERR_CORE_QUANTITY` outside int64. */
  static fromInteger(value: bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
    return Quantity.fromScaled(value, 0, format);
  }

  /**
   * Makes `value` × 10^`exponent`.
   *
   * @param exponent - A 32-bit integer: -3 for thousandths.
   * @throws {@link BellowsError} `ERR_CORE_QUANTITY` when `value` is outside int64 or `exponent` is no
   * 32-bit integer.
   */
  static fromScaled(
    value: bigint,
    exponent: number,
    format: QuantityFormat = 'DecimalSI',
  ): Quantity {
    if (!fitsInt64(value)) {
      throw new BellowsError(
        'ERR_CORE_QUANTITY',
        `Expected a quantity's value to be a signed 64-bit integer, got ${value}`,
      );
    }
    return new Quantity(
      { unscaled: value, exponent: checkExponent(exponent), isLarge: false },
      format,
    );
  }

  /** The text: as it was spelled where that is canonical enough (as upstream), else canonical. */
  toString(): string {
    this.#text ??= this.canonical();
    return this.#text;
  }

  /** The canonical text, whatever the spelling was: `1E3` is `1e3`, `+1` is `1`. */
  canonical(): string {
    return canonicalText(this.#amount, this.format);
  }

  /** The JSON form: {@link Quantity.toString | the text}. */
  toJSON(): string {
    return this.toString();
  }

  /** The amount rounded up to a whole number. Overflow: see {@link Quantity.scaledValue}. */
  value(): bigint {
    return scaledInt64(this.#amount, 0);
  }

  /** Thousandths, rounded up. Overflow: see {@link Quantity.scaledValue}. */
  milliValue(): bigint {
    return scaledInt64(this.#amount, -3);
  }

  /**
   * The amount in units of 10^`exponent` as an int64, rounded up.
   *
   * Outside int64 the answer is upstream's, not the amount: 0 or the low 64 bits. Compare with a bound first
   * where that matters.
   */
  scaledValue(exponent: number): bigint {
    return scaledInt64(this.#amount, checkExponent(exponent));
  }

  /** The amount rounded away from zero to a multiple of 10^`exponent`, and whether it was one already. */
  roundUp(exponent: number): ExactQuantity {
    const { amount, exact } = roundUpAmount(this.#amount, checkExponent(exponent));
    const quantity = amount === this.#amount ? this : new Quantity(amount, this.format);
    return { quantity, exact };
  }

  /** The whole number this is, or undefined where upstream's `AsInt64` has no fast answer. */
  asInt64(): bigint | undefined {
    const { unscaled, exponent, isLarge } = this.#amount;
    return isLarge || exponent < 0 ? undefined : scaleUpInt64(unscaled, exponent);
  }

  /** Go's `AsApproximateFloat64`, bit for bit; infinite where no double is large enough. */
  asApproximateNumber(): number {
    return approximateNumber(this.#amount);
  }

  /** -1, 0 or 1: exact, whatever the formats. */
  compare(other: Quantity): number {
    return compareAmounts(this.#amount, other.#amount);
  }

  /** The sum, in this format (in `other`'s if this is zero). */
  add(other: Quantity): Quantity {
    return new Quantity(addAmounts(this.#amount, other.#amount), this.#formatWith(other));
  }

  /** The difference, in this format (in `other`'s if this is zero). */
  sub(other: Quantity): Quantity {
    return new Quantity(subtractAmounts(this.#amount, other.#amount), this.#formatWith(other));
  }

  /** The product with an integer, and whether its digits still fit an int64 (upstream's `exact`). */
  mul(factor: bigint): ExactQuantity {
    const { amount, exact } = multiplyAmount(this.#amount, factor);
    return { quantity: new Quantity(amount, this.format), exact };
  }

  /** -1, 0 or 1. */
  sign(): number {
    return signOf(this.#amount.unscaled);
  }

  #formatWith(other: Quantity): QuantityFormat {
    return this.#amount.unscaled === 0n ? other.format : this.format;
  }
}

function checkExponent(exponent: number): number {
  if (Number.isInteger(exponent) && (exponent | 0) === exponent) return exponent;
  throw new BellowsError(
    'ERR_CORE_QUANTITY',
    `Expected the exponent of a quantity to be a 32-bit integer, got ${exponent}`,
  );
}
