import { Quantity } from '@bellows/core';
import type { DecisionTrace, MetricTrace } from '../decision-trace.ts';
import { currentWords } from './metric-words.ts';
import { reasonOf, type Reason } from './reason-of.ts';

/** Says from which values on the metrics ask for another count than the one there is. */
export function beyondReason(trace: DecisionTrace, replicas: number): Reason {
  const [metric] = trace.metrics;
  const count = trace.metrics.length;
  if (metric === undefined || count > 1) return reasonOf('next-several', { count, replicas });
  const { target, tolerance } = metric;
  if (target === undefined || tolerance === undefined || !dependsOnValueAlone(metric, replicas)) {
    return reasonOf('next-otherwise', { metric: metric.shortName, replicas });
  }
  const words = (ratio: number): string => valueWords(metric, ratio * numberOf(target.text));
  const downRatio = 1 - tolerance.downRatio;
  // Rounding up keeps a small count longer than the tolerance does.
  const roundedRatio = (replicas - 1) / replicas;
  const below =
    roundedRatio < downRatio ? `${words(roundedRatio)} or less` : `below ${words(downRatio)}`;
  const { minReplicas, maxReplicas } = trace;
  return reasonOf('next-beyond', {
    metric: metric.shortName,
    above:
      `above ${words(1 + tolerance.upRatio)}` +
      (replicas < maxReplicas ? '' : ` and maxReplicas, ${maxReplicas}, is raised`),
    below: below + (replicas > minReplicas ? '' : ` and minReplicas, ${minReplicas}, is lowered`),
  });
}

/** Whether the value alone says what the metric asks for: all pods there, ready, and with a sample. */
function dependsOnValueAlone({ pods, rule }: MetricTrace, replicas: number): boolean {
  const isPlain = rule === 'withinTolerance' || rule === 'ratio';
  return isPlain && replicas > 0 && pods?.ready === replicas && pods.missing + pods.unready === 0;
}

function numberOf(text: string): number {
  return text.endsWith('%')
    ? Number.parseInt(text, 10)
    : Quantity.parse(text).asApproximateNumber();
}

function valueWords(metric: MetricTrace, value: number): string {
  const rounded = Number(value.toFixed(3));
  const kind = metric.target?.kind ?? 'value';
  const text = kind === 'utilization' ? `${rounded}%` : String(rounded);
  return currentWords({ kind, text }, metric);
}
