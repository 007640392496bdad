import { cleanText } from '../text/clean-text.ts';
import {
  formatCount,
  formatElapsed,
  formatLatency,
  formatSpan,
  formatTimeOfDay,
} from '../text/figures.ts';
import { fitLine, paintLine, span, type Line } from '../view/line.ts';
import type { ReportedScaleEvent, RunReport } from './run-report.ts';

const LOSSES_SHOWN = 5;

/**
 * The end of a run in words and figures.
 *
 * @param columns - Width to fit; lines are never broken. @defaultValue no limit
 */
export function summaryLines(report: RunReport, color: boolean, columns?: number): string[] {
  const lines: Line[] = [
    ...requestSummary(report),
    ...replicaSummary(report),
    ...scaleSummary(report.scaleEvents),
    verdictLine(report),
  ];
  return lines.map((line) => paintLine(fitLine(line, columns ?? Infinity), color));
}

function requestSummary({ requests, latencySeconds }: RunReport): Line[] {
  if (requests === undefined) return [];
  const { sent, answered, shed, lost } = requests;
  return [
    field('requests', [
      span(`${formatCount(sent)} sent, ${formatCount(answered)} answered, `),
      span(`${formatCount(shed)} shed, `, shed > 0 ? 'warning' : 'plain'),
      span(`${formatCount(lost)} lost`, lost > 0 ? 'bad' : 'good'),
    ]),
    ...lossSummary(requests),
    field('latency', [
      span(
        (['p50', 'p90', 'p99'] as const)
          .map((name) => `${name} ${formatLatency(latencySeconds?.[name])}`)
          .join(', '),
      ),
    ]),
  ];
}

function lossSummary({ lostBy, losses }: NonNullable<RunReport['requests']>): Line[] {
  const kinds = Object.entries(lostBy).flatMap(([kind, { newConnection, reusedConnection }]) =>
    newConnection + reusedConnection === 0
      ? []
      : [`${kind} ${newConnection} on a new, ${reusedConnection} on a reused connection`],
  );
  return [
    ...kinds.map((kind) => field('', [span(`lost: ${kind}`, 'bad')])),
    ...losses
      .slice(0, LOSSES_SHOWN)
      .map(({ atMs, kind, request, detail }) =>
        field('', [
          span(`${formatTimeOfDay(atMs)} ${kind}: ${cleanText(request)}: ${cleanText(detail)}`),
        ]),
      ),
  ];
}

function replicaSummary({ replicas, replicaSeconds, startedAtMs, endedAtMs }: RunReport): Line[] {
  const elapsed = formatElapsed((endedAtMs - startedAtMs) / 1000);
  return [
    field('replicas', [
      span(`min ${replicas.min}, max ${replicas.max}, final ${replicas.final}; `),
      span(`${formatCount(replicaSeconds)} replica-seconds in ${elapsed}`),
    ]),
  ];
}

function scaleSummary(events: readonly ReportedScaleEvent[]): Line[] {
  return events.map((event, index) =>
    field(index === 0 ? 'scaling' : '', [
      span(`${formatTimeOfDay(event.decidedAtMs)} `, 'dim'),
      span(`${event.deployment} ${event.from} → ${event.to}`, 'bold'),
      span(`  ${delays(event)}`),
    ]),
  );
}

function delays(event: ReportedScaleEvent): string {
  const { loadChangeAtMs, decidedAtMs, readyAtMs, firstServedAtMs } = event;
  const decision = `load change to decision ${formatSpan(loadChangeAtMs, decidedAtMs)}`;
  if (event.to < event.from) return decision;
  const ready = `to ready ${formatSpan(decidedAtMs, readyAtMs)}`;
  return `${decision}, ${ready}, to first request served ${formatSpan(decidedAtMs, firstServedAtMs)}`;
}

function verdictLine({ verdict, requests, endedBy }: RunReport): Line {
  if (!verdict.kept) return field('verdict', [span(`✗ ${verdict.broken.join('; ')}`, 'bad')]);
  const words = requests === undefined ? `ended by ${endedBy}` : 'no request was lost';
  return field('verdict', [span(`✓ ${words}`, 'good')]);
}

function field(name: string, value: Line): Line {
  return [span(name.padEnd(10), 'dim'), ...value];
}
