import { Quantity } from '@bellows/core';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';

/** The metric of an HPA that measures requests, and what one replica is meant to take. */
export interface RateTarget {
  /** The metric's name, such as `http_requests_per_second`. */
  readonly metric: string;
  /** Requests a second that one replica is meant to take; above 0. */
  readonly perReplica: number;
}

/**
 * The HPA's target in requests a second for each replica: its first Pods metric that is a rate of
 * requests by its name (`…requests…_per_second`) and has an `AverageValue` above 0.
 *
 * @returns Undefined when it has none: then load and capacity have no common unit but replicas.
 */
export function rateTargetOf(autoscaler: HorizontalPodAutoscaler): RateTarget | undefined {
  for (const { pods } of autoscaler.spec.metrics ?? []) {
    const averageValue = pods?.target.averageValue;
    if (pods === undefined || averageValue === undefined) continue;
    if (!/requests.*_per_second$/.test(pods.metric.name)) continue;
    const perReplica = Quantity.parse(averageValue).asApproximateNumber();
    if (perReplica > 0) return { metric: pods.metric.name, perReplica };
  }
  return undefined;
}
