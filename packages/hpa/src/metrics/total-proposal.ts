import type { AverageProposal } from '../average-replicas.ts';
import type { MetricTrace } from '../decision-trace.ts';
import type { MetricValueStatus } from '../hpa-status.ts';
import type { Int64 } from '../int64.ts';
import { observedTimeMs } from '../observed-time.ts';
import type { Tolerances } from '../tolerance.ts';
import type { RuledReplicas } from '../value-replicas.ts';
import { averageAmount, valueAmount } from './metric-amount.ts';
import { quantityText } from './quantity-text.ts';

/** What a metric that is one number proposes, with what the status and the trace say of it. */
export interface TotalProposal {
  readonly replicas: number;
  readonly current: MetricValueStatus;
  readonly trace: () => Partial<MetricTrace>;
}

/** What the trace says besides the proposal. */
export interface TotalDetails {
  readonly tolerances: Tolerances;
  /** When the value was observed, in milliseconds since the epoch; undefined if unknown. */
  readonly atMs: number | undefined;
}

/** Reads when a total was observed, if that is known. */
export function readTime(atMs: number | undefined): number | undefined {
  return atMs === undefined ? undefined : observedTimeMs(atMs, 'time of the value');
}

/** Makes the proposal of a Value target. */
export function valueTotal(
  value: RuledReplicas & { readonly usageRatio: number; readonly totalMilli: Int64 },
  details: TotalDetails,
): TotalProposal {
  const current = quantityText(value.totalMilli);
  return {
    replicas: value.replicas,
    current: { value: current },
    trace: () => ({ current: valueAmount(current), ...sharedTrace(value, details) }),
  };
}

/** Makes the proposal of an AverageValue target. */
export function averageTotal(average: AverageProposal, details: TotalDetails): TotalProposal {
  const current = quantityText(average.averageMilli);
  return {
    replicas: average.replicas,
    current: { averageValue: current },
    trace: () => ({ current: averageAmount(current), ...sharedTrace(average, details) }),
  };
}

function sharedTrace(
  { replicas, rule, countedPods, usageRatio }: RuledReplicas & { readonly usageRatio: number },
  { tolerances, atMs }: TotalDetails,
): Partial<MetricTrace> {
  return {
    usageRatio,
    tolerance: tolerances,
    rule,
    proposal: replicas,
    ...(countedPods !== undefined && { countedPods }),
    ...(atMs !== undefined && { oldestSampleAtMs: atMs }),
  };
}
