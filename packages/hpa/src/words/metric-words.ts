import type { MetricAmount, MetricTrace } from '../decision-trace.ts';

/** Says what a metric is and what it asks for: `cpu is 63% of requests, target 80%, asks for 4`. */
export function metricWords(metric: MetricTrace): string {
  if (metric.error !== undefined) return `${metric.shortName} cannot be read: ${metric.error}`;
  return [
    `${metric.shortName} is ${amountWords(metric.current)}`,
    `target ${targetWords(metric)}`,
    ...ruleWords(metric),
  ].join(', ');
}

/** Rounds to three digits after the point, and drops those that say nothing. */
export function ratioWords(ratio: number): string {
  return String(Number(ratio.toFixed(3)));
}

/** Writes a quantity for people: thousandths as a decimal fraction. */
function quantityWords(text: string): string {
  return /^-?\d+m$/.test(text) ? String(Number(text.slice(0, -1)) / 1000) : text;
}

function amountWords(amount: MetricAmount | undefined): string {
  if (amount === undefined) return 'unknown';
  if (amount.kind === 'utilization') return `${amount.text} of requests`;
  const quantity = quantityWords(amount.text);
  return amount.kind === 'averageValue' ? `${quantity} per pod` : quantity;
}

function targetWords({ target }: MetricTrace): string {
  return target === undefined ? 'unknown' : quantityWords(target.text);
}

function ruleWords(metric: MetricTrace): readonly string[] {
  const asks = `asks for ${metric.proposal ?? 0}`;
  switch (metric.rule) {
    case 'withinTolerance':
      return [`within tolerance (${toleranceWords(metric, metric.usageRatio)})`];
    case 'correctedWithinTolerance':
      return [
        `but ${correctionWords(metric)}, which is within tolerance (${toleranceWords(metric, metric.correctedRatio)})`,
      ];
    case 'correctedDirectionChanged':
    case 'correctedAgainstCount':
      return [`but ${correctionWords(metric)}, which would turn the direction around`];
    case 'correctedRatio':
      return [`${correctionWords(metric)}, ${asks}`];
    case 'ratio':
    case 'total':
    case undefined:
      return [asks];
  }
}

function toleranceWords({ tolerance }: MetricTrace, ratio: number | undefined): string {
  const lowest = ratioWords(1 - (tolerance?.downRatio ?? 0));
  const highest = ratioWords(1 + (tolerance?.upRatio ?? 0));
  return `ratio ${ratioWords(ratio ?? 1)}, ${lowest} to ${highest}`;
}

/** What missing and unready pods were taken for. */
function correctionWords({ pods, usageRatio = 1, target }: MetricTrace): string {
  const missing = podWords(pods?.missing ?? 0, 'without a sample');
  if (usageRatio < 1) {
    const use = target?.kind === 'utilization' ? 'its whole request' : 'its target';
    return `each of ${missing} is counted as using ${use}`;
  }
  const unready = podWords(pods?.unready ?? 0, 'not ready');
  const idle = [pods?.missing ? missing : '', pods?.unready ? unready : ''].filter(Boolean);
  return `${idle.join(' and ')} counted as idle`;
}

function podWords(count: number, how: string): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'} ${how}`;
}
