import type { MetricSpec } from './hpa-spec.ts';
import type { MetricStatus } from './hpa-status.ts';
import type { MetricTrace } from './decision-trace.ts';
import type { MetricFailure, MetricOutcome } from './metric-outcome.ts';
import type { MetricReading } from './observation.ts';
import type { Proposal } from './decision.ts';
import { computeMetric } from './metrics/compute-metric.ts';
import type { MetricContext } from './metrics/metric-context.ts';

/** What all metrics together gave. */
export interface CombinedMetrics {
  /** Highest proposal; null if the metrics are unusable. */
  readonly proposal: Proposal | null;
  /** Place of the metric that made it; null if none did. */
  readonly selected: number | null;
  readonly statuses: readonly MetricStatus[];
  readonly failures: readonly MetricFailure[];
  /** The reconcile's error, if a metric failed. */
  readonly error: string | null;
  /** Makes the metrics' traces, in the order of the spec. */
  readonly traces: () => readonly MetricTrace[];
}

/** Status of a metric that failed: Go's zero value. */
const EMPTY_STATUS: MetricStatus = Object.freeze({ type: '' });

const NOT_OBSERVED: MetricReading = Object.freeze({ kind: 'failed', error: 'not observed' });

/**
 * Computes every metric and takes the highest proposal. With a failed metric the rest may hold or raise the
 * count but not lower it.
 *
 * The first of equal proposals wins, except for zeros, where the last does: a best of 0 counts as none yet.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeReplicasForMetrics
 */
export function combineMetrics(
  context: MetricContext,
  specs: readonly MetricSpec[],
  readings: readonly MetricReading[],
): CombinedMetrics {
  const statuses: MetricStatus[] = [];
  const failures: MetricFailure[] = [];
  const outcomes: MetricOutcome[] = [];
  let best: Proposal = { replicas: 0, metric: '' };
  let selected: number | null = null;
  let index = 0;
  for (const spec of specs) {
    const reading = readings[index] ?? NOT_OBSERVED;
    const outcome = computeMetric(context, { spec, reading, index });
    outcomes.push(outcome);
    statuses.push(outcome.ok ? outcome.status : EMPTY_STATUS);
    if (!outcome.ok) {
      failures.push(outcome);
    } else if (best.replicas === 0 || outcome.replicas > best.replicas) {
      best = { replicas: outcome.replicas, metric: outcome.metric };
      selected = index;
    }
    index += 1;
  }
  const isUnusable =
    failures.length === specs.length ||
    (failures.length > 0 && best.replicas < context.currentReplicas);
  return {
    proposal: isUnusable ? null : best,
    selected,
    statuses,
    failures,
    error: errorOf(failures, specs.length),
    traces: () => outcomes.map(({ trace }) => trace()),
  };
}

function errorOf(failures: readonly MetricFailure[], metricCount: number): string | null {
  const [first] = failures;
  return first === undefined
    ? null
    : `invalid metrics (${failures.length} invalid out of ${metricCount}), first error is: ${first.fullError}`;
}
