import { missing, observed, Quantity, type Observed, type QuantityFormat } from '@bellows/core';

/** What a sample that is not a number is taken for. */
export type NanPolicy =
  /** Nothing: the object has no value. */
  | 'missing'
  /** Zero, as upstream's custom metrics do. It lets an HPA scale in on a defect. */
  | 'zero';

/** What an int64 holds. */
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * A sample as the metrics APIs give it: in thousandths, cut towards zero. What is infinite, or too large for
 * an int64 of thousandths, is missing: upstream makes a large negative amount of it.
 *
 * @param atMs - When it was taken, in milliseconds since the epoch.
 * @param format - How it is written. @defaultValue 'DecimalSI'
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/custom-provider/provider.go metricFor
 */
export function sampleQuantity(
  value: number,
  atMs: number,
  nanPolicy: NanPolicy,
  format: QuantityFormat = 'DecimalSI',
): Observed<Quantity> {
  if (Number.isNaN(value) && nanPolicy === 'zero') {
    return observed(Quantity.fromMilli(0n, format), atMs);
  }
  const milli = value * 1000;
  if (!Number.isFinite(milli)) return missing(`value is ${String(value)}`);
  const whole = BigInt(Math.trunc(milli));
  if (whole > MAX_INT64 || whole < -MAX_INT64)
    return missing(`value ${String(value)} is too large`);
  return observed(Quantity.fromMilli(whole, format), atMs);
}
