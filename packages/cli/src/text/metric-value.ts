import { BellowsError, Quantity } from '@bellows/core';
import { cleanText } from './clean-text.ts';

/** The number a metric's value stands for: of a quantity or a percentage; undefined for other text. */
export function readMetricValue(text: string): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent?.[1] !== undefined) return Number(percent[1]) / 100;
  try {
    return Quantity.parse(text).asApproximateNumber();
  } catch (error) {
    if (BellowsError.is(error)) return undefined;
    throw error;
  }
}

/** A metric's value for people: a quantity in thousandths as a decimal number, all else as it is. */
export function formatMetricValue(text: string): string {
  const value = /^-?\d+m$/.test(text) ? readMetricValue(text) : undefined;
  if (value === undefined) return cleanText(text);
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)));
}
