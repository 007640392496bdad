import { BellowsError } from '@bellows/core';
import type { MetricsGroup } from './self-metrics.ts';

/** Why a metric that somebody asked for cannot be given. */
export interface MetricProblem {
  /** Where it was asked for. */
  readonly group: Exclude<MetricsGroup, 'metrics.k8s.io'>;
  /** Of the autoscaler that asks; empty for objects without namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly metric: string;
  /** Source that knows it; empty: none does. */
  readonly source: string;
  /** In one word, as an Event's reason. */
  readonly reason: 'MetricUnknown' | 'MetricUnreadable' | 'MetricMissing';
  /** What is the matter, for people; holds no address, query or secret. */
  readonly message: string;
  /** How to mend it. Undefined: nothing is known. */
  readonly remedy?: string | undefined;
}

/** What went wrong while a source read a metric. */
export function unreadableMetric(
  asked: Pick<MetricProblem, 'group' | 'namespace' | 'metric' | 'source'>,
  error: unknown,
): MetricProblem {
  const known = BellowsError.is(error) ? error : undefined;
  return {
    ...asked,
    reason: 'MetricUnreadable',
    message: known?.message ?? 'an internal error; see the log of the adapter',
    remedy: known?.remedy,
  };
}
