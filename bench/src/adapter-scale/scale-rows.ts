import { HPA_USER, type AuditEvent } from '@bellows/e2e';
import type { BenchRow } from '../benchmark.ts';
import { quantile } from '../statistics.ts';

/** The controller's sync period, as it is by default. */
export const SYNC_MS = 15_000;
const GOAL_MEGABYTES = 150;
const GOAL_P99_MS = 20;

/** What was seen over a while; times are in milliseconds since the epoch. */
export interface ScaleMeasurement {
  readonly fromMs: number;
  readonly toMs: number;
  /** All that the API server wrote down, from its start on. */
  readonly events: readonly AuditEvent[];
  /** How many autoscalers there are. */
  readonly autoscalers: number;
  /** CPU of the adapter in parts of one core. */
  readonly cpuShare: number;
  /** Most resident memory of the adapter, looked at each second. */
  readonly peakMegabytes: number;
}

/** The rows: what the adapter takes, how it answers, and whether each autoscaler asked whenever it was to. */
export function scaleRows(measurement: ScaleMeasurement): BenchRow[] {
  const { events, fromMs, toMs, cpuShare, peakMegabytes } = measurement;
  const asked = events.filter(
    ({ user, verb, receivedAtMs }) =>
      user === HPA_USER && verb !== 'update' && receivedAtMs >= fromMs && receivedAtMs < toMs,
  );
  const times = asked.map(({ receivedAtMs, answeredAtMs }) => answeredAtMs - receivedAtMs);
  const failed = asked.filter(({ code }) => code !== 200).length;
  const missed = missedSyncs(asked, measurement);
  const row = (what: string, ours: string, goal?: string, isMet = true): BenchRow => ({
    ...{ what, ours, peer: undefined, ratio: undefined, goal, isMet },
  });
  const p99 = quantile(times, 0.99);
  return [
    row('CPU of the adapter, % of a core', (cpuShare * 100).toFixed(1)),
    row(
      'most resident memory, MB',
      peakMegabytes.toFixed(0),
      `< ${GOAL_MEGABYTES}`,
      peakMegabytes < GOAL_MEGABYTES,
    ),
    row('answers to the controller', String(asked.length)),
    row('answers through the API server, p50, ms', quantile(times, 0.5).toFixed(1)),
    row('p99, ms', p99.toFixed(1), `≤ ${GOAL_P99_MS}`, p99 <= GOAL_P99_MS),
    row('answers that were errors', String(failed), '0', failed === 0),
    row('missed syncs', String(missed), '0', missed === 0),
  ];
}

/** Syncs that should have been and were not: each autoscaler's gaps in whole periods, those at the edges included. */
export function missedSyncs(
  asked: readonly AuditEvent[],
  { fromMs, toMs, autoscalers }: Pick<ScaleMeasurement, 'fromMs' | 'toMs' | 'autoscalers'>,
): number {
  const byUri = new Map<string, number[]>();
  for (const { uri, receivedAtMs } of asked) {
    byUri.set(uri, [...(byUri.get(uri) ?? []), receivedAtMs]);
  }
  const silent = Math.max(0, autoscalers - byUri.size) * Math.floor((toMs - fromMs) / SYNC_MS);
  let missed = silent;
  for (const times of byUri.values()) {
    const marks = [fromMs, ...times.toSorted((a, b) => a - b), toMs];
    for (const [index, atMs] of marks.slice(1).entries()) {
      // Half a period late is late, not missed.
      const periods = Math.round((atMs - (marks[index] ?? atMs)) / SYNC_MS);
      missed += Math.max(0, periods - 1);
    }
  }
  return missed;
}
