import type { MetricAmount, MetricTrace } from '../decision-trace.ts';
import { reasonOf, type Reason } from './reason-of.ts';

/** Says what a metric is and asks for: `cpu is 120% of requests, target 80%, asks for 6 (1.5 × 4 pods)`. */
export function metricReason(trace: MetricTrace): Reason {
  const { shortName: metric, error, usageRatio, correctedRatio } = trace;
  if (error !== undefined) return reasonOf('metric-unreadable', { metric, error });
  const values = {
    metric,
    current: currentWords(trace.current, trace),
    target: trace.target === undefined ? 'unknown' : quantityWords(trace.target.text, trace),
    asks: `${trace.proposal ?? 0}${productWords(trace)}`,
  };
  const correction = correctionWords(trace);
  switch (trace.rule) {
    case 'withinTolerance':
      return reasonOf('within-tolerance', { ...values, range: rangeWords(trace, usageRatio) });
    case 'correctedWithinTolerance': {
      const range = rangeWords(trace, correctedRatio);
      return reasonOf('corrected-within-tolerance', { ...values, correction, range });
    }
    case 'correctedDirectionChanged':
    case 'correctedAgainstCount':
      return reasonOf('corrected-turns-around', { ...values, correction });
    case 'correctedRatio':
      return reasonOf('corrected-ratio', { ...values, correction });
    case 'ratio':
    case 'total':
    case undefined:
      break;
  }
  return reasonOf('usage-ratio', values);
}

/** Says how much there is of a metric: `120% of requests`, `88.5 per pod`. */
export function currentWords(amount: MetricAmount | undefined, metric: MetricTrace): string {
  if (amount === undefined) return 'unknown';
  if (amount.kind === 'utilization') return `${amount.text} of requests`;
  const quantity = quantityWords(amount.text, metric);
  return amount.kind === 'averageValue' ? `${quantity} per pod` : quantity;
}

const MEBIBYTE = 1_048_576;

/** Writes a quantity for people: thousandths as a decimal fraction, memory in mebibytes. */
function quantityWords(text: string, { shortName, type }: MetricTrace): string {
  const match = /^(-?\d+)(m?)$/.exec(text);
  if (match === null) return text;
  const amount = match[2] === 'm' ? Number(match[1]) / 1000 : Number(match[1]);
  const isMemory = shortName === 'memory' && type !== 'Pods';
  return isMemory && Math.abs(amount) >= MEBIBYTE
    ? `${(amount / MEBIBYTE).toFixed(1)}Mi`
    : String(amount);
}

/** Rounds to three digits after the point, and drops those that say nothing. */
function ratioWords(ratio: number): string {
  return String(Number(ratio.toFixed(3)));
}

function productWords({ rule, usageRatio, correctedRatio, countedPods }: MetricTrace): string {
  const ratio = rule === 'correctedRatio' ? correctedRatio : usageRatio;
  if (countedPods === undefined || ratio === undefined) return '';
  return ` (${ratioWords(ratio)} × ${podWords(countedPods)})`;
}

function rangeWords({ tolerance }: MetricTrace, ratio: number | undefined): string {
  const lowest = ratioWords(1 - (tolerance?.downRatio ?? 0));
  const highest = ratioWords(1 + (tolerance?.upRatio ?? 0));
  return `ratio ${ratioWords(ratio ?? 1)}, ${lowest} to ${highest}`;
}

/** What missing and unready pods were taken for. */
function correctionWords({ pods, usageRatio = 1, target }: MetricTrace): string {
  const missing = pods?.missing ?? 0;
  const unready = usageRatio > 1 ? (pods?.unready ?? 0) : 0;
  const parts = [
    missing > 0 ? `${podWords(missing)} without a sample` : '',
    unready > 0 ? `${podWords(unready)} not ready` : '',
  ].filter((part) => part !== '');
  return `${parts.join(' and ')} counted as ${usageRatio > 1 ? 'idle' : busyWords(target)}`;
}

/** On the way down a pod without a sample uses its target, or its whole request if that is more. */
function busyWords(target: MetricAmount | undefined): string {
  const isLowUtilization = target?.kind === 'utilization' && Number.parseInt(target.text, 10) < 100;
  return isLowUtilization ? 'using all it requests' : 'on target';
}

function podWords(count: number): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}
