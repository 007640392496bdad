import type { Decision } from '../decision.ts';
import type { DecisionTrace, MetricTrace } from '../decision-trace.ts';
import { limitReason, stabilizationReason } from './limit-words.ts';
import { metricReason } from './metric-words.ts';
import { reasonOf, type Reason } from './reason-of.ts';

/**
 * Says in one sentence what was decided and why, with the numbers it rests on, such as
 * `1 → 5: queue_length is 88 per pod, target 5, asks for 18; scale-up policy allows 4 pods per 15 s, counted from 1`.
 *
 * @param nowMs - Time of the decision, in milliseconds since the epoch.
 */
export function describeDecision(decision: Decision, nowMs: number): string {
  const trace = decision.trace();
  const change = changeWords(trace);
  return trace.writeError === undefined
    ? `${change}: ${pathReason(decision)?.text ?? proposalWords(trace, nowMs)}`
    : reasonOf('scale-write-failed', { change, error: trace.writeError }).text;
}

function changeWords({ currentReplicas, desiredReplicas }: DecisionTrace): string {
  if (currentReplicas === null) return 'Not decided';
  return desiredReplicas === null || desiredReplicas === currentReplicas
    ? `Held at ${currentReplicas}`
    : `${currentReplicas} → ${desiredReplicas}`;
}

/** Why a decision is as it is that did not come from the metrics' proposals; undefined if it did. */
export function pathReason(decision: Decision): Reason | undefined {
  const trace = decision.trace();
  const error = decision.error ?? '';
  switch (trace.path) {
    case 'scaleUnreadable':
      return reasonOf('scale-unreadable', { error });
    case 'selectorInvalid':
      return reasonOf('selector-unusable', { error });
    case 'aboveMax':
      return reasonOf('above-max', trace);
    case 'belowMin':
      return reasonOf('below-min', trace);
    case 'disabledAtZero':
      return reasonOf('disabled-at-zero', {});
    case 'metricsUnusable':
      return unusableReason(trace);
    case 'metrics':
      return undefined;
  }
}

function unusableReason({ metrics, selected }: DecisionTrace): Reason {
  const failed = metrics.find(({ error }) => error !== undefined);
  const failure =
    failed === undefined
      ? reasonOf('metric-unreadable', { metric: 'the metric', error: 'it gave no value' })
      : metricReason(failed);
  const best = selected === null ? undefined : metrics[selected];
  if (best === undefined) return failure;
  const { shortName: metric, proposal: replicas = 0 } = best;
  return reasonOf('no-scale-down-without-all', { failure: failure.text, metric, replicas });
}

function proposalWords(trace: DecisionTrace, nowMs: number): string {
  const { metrics, selected, stabilization, limit } = trace;
  const best = selected === null ? undefined : metrics[selected];
  const parts = [
    best === undefined ? undefined : metricReason(best).text + othersWords(metrics),
    stabilization && stabilizationReason(stabilization, nowMs)?.text,
    limit && limitReason(limit, trace)?.text,
    isLifted(trace) ? reasonOf('min-replicas', trace).text : undefined,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

/** Whether the count was lifted to the minimum after all limits, as it is on the way back from zero. */
export function isLifted({ limit, desiredReplicas }: DecisionTrace): boolean {
  return limit !== undefined && desiredReplicas !== null && limit.out !== desiredReplicas;
}

function othersWords(metrics: readonly MetricTrace[]): string {
  const failed = metrics.filter(({ error }) => error !== undefined);
  const readCount = metrics.length - failed.length;
  const names = failed.map(({ shortName }) => shortName).join(' and ');
  const notes = [
    readCount > 1 ? `highest of ${readCount} metrics` : '',
    failed.length > 0 ? `${names} cannot be read` : '',
  ].filter(Boolean);
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}
