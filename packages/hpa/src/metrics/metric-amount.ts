import { Quantity } from '@bellows/core';
import type { MetricAmount } from '../decision-trace.ts';
import { parseQuantity } from '../milli-value.ts';

/** Writes thousandths as the status shows them: memory in binary units where nothing is lost. */
export function quantityText(valueMilli: bigint, resource?: string): string {
  const format = resource === 'memory' ? 'BinarySI' : 'DecimalSI';
  return Quantity.fromMilli(valueMilli, format).toString();
}

/** An amount per pod, for the trace. */
export function averageAmount(text: string): MetricAmount {
  return { kind: 'averageValue', text };
}

/** A total, for the trace. */
export function valueAmount(text: string): MetricAmount {
  return { kind: 'value', text };
}

/** A percentage of requests, for the trace. */
export function utilizationAmount(percent: number): MetricAmount {
  return { kind: 'utilization', text: `${percent}%` };
}

/** A target quantity in canonical form, for the trace. */
export function targetAmount(kind: 'averageValue' | 'value', text: string): MetricAmount {
  return { kind, text: parseQuantity(text, `target.${kind}`).canonical() };
}
