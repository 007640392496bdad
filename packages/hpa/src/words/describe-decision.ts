import type { Decision } from '../decision.ts';
import type { DecisionTrace, MetricTrace } from '../decision-trace.ts';
import { limitWords, stabilizationWords } from './limit-words.ts';
import { metricWords } from './metric-words.ts';

/**
 * Says in one sentence what was decided and why, with the numbers it rests on, such as
 * `1 → 5: queue_length is 88 per pod, target 5, asks for 18; scale-up policy allows 4 pods per 15 s, counted from 1`.
 *
 * @param nowMs - Time of the decision, in milliseconds since the epoch.
 */
export function describeDecision(decision: Decision, nowMs: number): string {
  const { trace } = decision;
  if (trace.writeError !== undefined) {
    return `Wanted ${changeWords(trace)}, but the scale cannot be written: ${trace.writeError}`;
  }
  return `${changeWords(trace)}: ${becauseWords(decision, nowMs)}`;
}

function changeWords({ currentReplicas, desiredReplicas }: DecisionTrace): string {
  if (currentReplicas === null) return 'Not decided';
  return desiredReplicas === null || desiredReplicas === currentReplicas
    ? `Held at ${currentReplicas}`
    : `${currentReplicas} → ${desiredReplicas}`;
}

function becauseWords(decision: Decision, nowMs: number): string {
  const { trace } = decision;
  switch (trace.path) {
    case 'scaleUnreadable':
    case 'selectorInvalid':
      return decision.error ?? '';
    case 'aboveMax':
      return `more than maxReplicas, ${trace.maxReplicas}`;
    case 'belowMin':
      return `fewer than minReplicas, ${trace.minReplicas}`;
    case 'disabledAtZero':
      return 'scaling is disabled while the target has no replicas';
    case 'metricsUnusable':
      return unusableWords(trace);
    case 'metrics':
      return proposalWords(trace, nowMs);
  }
}

function unusableWords({ metrics, selected }: DecisionTrace): string {
  const failed = metrics.find(({ error }) => error !== undefined);
  const failure = failed === undefined ? 'no metric can be read' : metricWords(failed);
  const best = selected === null ? undefined : metrics[selected];
  return best === undefined
    ? failure
    : `${failure}; ${best.shortName} asks for ${best.proposal ?? 0}, but with a failed metric the count is not lowered`;
}

function proposalWords(trace: DecisionTrace, nowMs: number): string {
  const { metrics, selected, stabilization, limit } = trace;
  const best = selected === null ? undefined : metrics[selected];
  const parts = [
    best === undefined ? undefined : metricWords(best) + othersWords(metrics),
    stabilization && stabilizationWords(stabilization, nowMs),
    limit && limitWords(limit, trace),
    isLifted(trace) ? `minReplicas is ${trace.minReplicas}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

/** Whether the count was lifted to the minimum after all limits, as it is on the way back from zero. */
export function isLifted({ limit, desiredReplicas }: DecisionTrace): boolean {
  return limit !== undefined && desiredReplicas !== null && limit.out !== desiredReplicas;
}

function othersWords(metrics: readonly MetricTrace[]): string {
  const failedCount = metrics.filter(({ error }) => error !== undefined).length;
  const readCount = metrics.length - failedCount;
  const notes = [
    readCount > 1 ? `highest of ${readCount} metrics` : '',
    failedCount > 0 ? `${failedCount} cannot be read` : '',
  ].filter(Boolean);
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}
