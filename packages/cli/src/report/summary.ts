import { cleanText } from '../text/clean-text.ts';
import {
  formatCount,
  formatElapsed,
  formatLatency,
  formatSpan,
  formatTimeOfDay,
} from '../text/figures.ts';
import { flow, paintLine, span, wrapLine, type Line } from '../view/line.ts';
import type { ReportedScaleEvent, RunReport } from './run-report.ts';

const LOSSES_SHOWN = 5;

/** Columns of the fields' names; a terminal narrower than {@link NARROW} has none to spare for them. */
const NAME_COLUMNS = 10;
const NARROW = 40;

/** A field of the summary: its name and its parts, which may be broken over lines. */
interface Field {
  readonly name: string;
  readonly parts: readonly Line[];
}

/**
 * The end of a run in words and figures.
 *
 * @param columns - Width to fit. @defaultValue no limit
 */
export function summaryLines(report: RunReport, color: boolean, columns?: number): string[] {
  const fields = [
    ...requestSummary(report),
    replicaSummary(report),
    ...scaleSummary(report),
    verdictField(report),
  ];
  const width = columns ?? Infinity;
  return fields
    .flatMap((field) => fieldLines(field, width))
    .flatMap((line) => wrapLine(line, width, width < NARROW ? 2 : NAME_COLUMNS))
    .map((line) => paintLine(line, color));
}

function fieldLines({ name, parts: [first = [], ...rest] }: Field, columns: number): Line[] {
  const isNarrow = columns < NARROW;
  const padded = isNarrow && name === '' ? ' ' : name.padEnd(isNarrow ? 0 : NAME_COLUMNS - 1);
  const head: Line = [span(`${padded} `, 'dim'), ...first];
  return flow([head, ...rest], columns, isNarrow ? 2 : NAME_COLUMNS);
}

function requestSummary({ requests, latencySeconds }: RunReport): Field[] {
  if (requests === undefined) return [];
  const { sent, answered, shed, lost } = requests;
  const counts: Line[] = [
    [span(`${formatCount(sent)} sent`)],
    [span(`${formatCount(answered)} answered`)],
    [span(`${formatCount(shed)} shed`, shed > 0 ? 'warning' : 'plain')],
    [span(`${formatCount(lost)} lost`, lost > 0 ? 'bad' : 'good')],
  ];
  const latency: Line[] = (['p50', 'p90', 'p99'] as const).map((name) => [
    span(`${name} ${formatLatency(latencySeconds?.[name])}`),
  ]);
  return [
    { name: 'requests', parts: counts },
    ...lossSummary(requests),
    { name: 'latency', parts: latency },
  ];
}

function lossSummary({ lostBy, losses }: NonNullable<RunReport['requests']>): Field[] {
  const kinds = Object.entries(lostBy)
    .filter(([, { newConnection, reusedConnection }]) => newConnection + reusedConnection > 0)
    .map(([kind, { newConnection, reusedConnection }]): Line => [
      span(
        `lost: ${kind} ${newConnection} on a new, ${reusedConnection} on a reused connection`,
        'bad',
      ),
    ]);
  const first = losses
    .slice(0, LOSSES_SHOWN)
    .map(({ atMs, kind, request, detail }): Line => [
      span(`${formatTimeOfDay(atMs)} ${kind}: ${cleanText(request)}: ${cleanText(detail)}`),
    ]);
  return [...kinds, ...first].map((line) => ({ name: '', parts: [line] }));
}

function replicaSummary(report: RunReport): Field {
  const { replicas, replicaSeconds, startedAtMs, endedAtMs } = report;
  const elapsed = formatElapsed((endedAtMs - startedAtMs) / 1000);
  return {
    name: 'replicas',
    parts: [
      [span(`min ${replicas.min}`)],
      [span(`max ${replicas.max}`)],
      [span(`final ${replicas.final}`)],
      [span(`${formatCount(replicaSeconds)} replica-seconds in ${elapsed}`)],
    ],
  };
}

function scaleSummary({ scaleEvents, requests }: RunReport): Field[] {
  const hasLoad = requests !== undefined;
  return scaleEvents.map((event, index) => ({
    name: index === 0 ? 'scaling' : '',
    parts: [
      [
        span(`${formatTimeOfDay(event.decidedAtMs)} `, 'dim'),
        span(`${event.deployment} ${event.from} → ${event.to}`, 'bold'),
      ],
      ...delays(event, hasLoad).map((text): Line => [span(text)]),
    ],
  }));
}

/** From the load's change to the decision, and from the decision on. */
function delays(event: ReportedScaleEvent, hasLoad: boolean): string[] {
  const { loadChangeAtMs, decidedAtMs, readyAtMs, firstServedAtMs, from, to } = event;
  return [
    ...(loadChangeAtMs !== undefined
      ? [`load change to decision ${formatSpan(loadChangeAtMs, decidedAtMs)}`]
      : hasLoad
        ? ['(another cause)']
        : []),
    ...(to < from
      ? []
      : [
          `to ready ${formatSpan(decidedAtMs, readyAtMs)}`,
          `to first request served ${formatSpan(decidedAtMs, firstServedAtMs)}`,
        ]),
  ];
}

function verdictField({ verdict, requests, endedBy }: RunReport): Field {
  const words = requests === undefined ? `ended by ${endedBy}` : 'no request was lost';
  const parts: Line[] = verdict.kept
    ? [[span(`✓ ${words}`, 'good')]]
    : verdict.broken.map((what) => [span(`✗ ${what}`, 'bad')]);
  return { name: 'verdict', parts };
}
