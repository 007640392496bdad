import { BellowsError, type DecisionRecord } from '@bellows/core';
import { timeText } from './time-text.ts';
import { runError, type RecordedRun } from './read-run.ts';

/** The name in `hpa/NAME`, as kubectl takes it. */
export function autoscalerName(argument: string | undefined): string | undefined {
  return argument?.replace(/^(hpa|horizontalpodautoscalers?)\//i, '');
}

/**
 * The decisions of one HPA of a run.
 *
 * @param name - `hpa/NAME` or `NAME`; undefined where the run has only one.
 * @throws BellowsError `ERR_CLI_RUN` if the run has no such HPA, or several to choose from.
 */
export function decisionsOf(run: RecordedRun, name: string | undefined): readonly DecisionRecord[] {
  const names = [...new Set(run.decisions.map(({ autoscaler }) => autoscaler.name))];
  const wanted = autoscalerName(name) ?? names[0];
  if (name === undefined && names.length > 1) {
    throw runError(
      `Expected the name of an HPA, since the run has several: ${names.join(', ')}`,
      `Name it: bellows explain hpa/${names[0] ?? ''}`,
    );
  }
  const decisions = run.decisions.filter(({ autoscaler }) => autoscaler.name === wanted);
  if (decisions.length > 0) return decisions;
  throw runError(
    `Expected an HPA of the run ${run.file}, got ${name ?? ''}`,
    `It has decisions of ${names.join(', ')}`,
  );
}

/**
 * The last decision at or before a time; the newest without one.
 *
 * @param at - `HH:MM`, `HH:MM:SS` on the day of the newest decision, in local time, or an ISO 8601 time.
 * @throws BellowsError `ERR_CLI_USAGE` if it is no time, `ERR_CLI_RUN` if it lies before the first decision.
 */
export function decisionAt(
  decisions: readonly DecisionRecord[],
  at: string | undefined,
): DecisionRecord {
  const [first] = decisions;
  const newest = decisions.at(-1);
  if (first === undefined || newest === undefined) throw runError('Expected a decision', 'Wait');
  if (at === undefined) return newest;
  // A time to the second means all of that second.
  const atMs = parseTime(at, newest.atMs) + 999;
  const found = decisions.findLast((decision) => decision.atMs <= atMs);
  if (found !== undefined) return found;
  throw runError(
    `Expected a time from ${timeText(first.atMs)} on, when the first decision was taken, got ${at}`,
    `The run has decisions until ${timeText(newest.atMs)}`,
  );
}

function parseTime(text: string, dayMs: number): number {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock !== null) {
    const [hours, minutes, seconds] = clock.slice(1).map((part) => Number(part || 0));
    return new Date(dayMs).setHours(hours ?? 0, minutes ?? 0, seconds ?? 0, 0);
  }
  const atMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new BellowsError('ERR_CLI_USAGE', `Expected a time, got ${text}`, {
    remedy: 'Write 12:04:35, or 2026-11-22T12:04:35Z',
  });
}
