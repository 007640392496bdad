import type { MetricAmount } from '../decision-trace.ts';

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
