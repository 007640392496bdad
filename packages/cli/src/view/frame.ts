import { chartLines } from './chart.ts';
import { decisionRows } from './decision-rows.ts';
import { fitLine, paintLine, span, type Line } from './line.ts';
import type { RunView } from './run-view.ts';
import {
  chartTitle,
  eventLines,
  headerLines,
  logLine,
  podLines,
  requestLines,
  serviceLines,
  signalLines,
  troubleLines,
} from './sections.ts';
import { shareRows } from './share-rows.ts';

/** A terminal's size. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Chart heights: without room for the smallest, the chart is left out. */
const CHART_ROWS = { least: 4, most: 16 };

/** From so many rows on, a blank line stands between the parts. */
const ROOMY_ROWS = 30;

/**
 * The live view as lines for a terminal: never more of them than rows, none wider than the columns. What
 * matters most stays when room is short: replicas, requests and signals before chart, decisions and events.
 *
 * @param color - Whether lines carry escape sequences for colour; the words are the same without.
 */
export function renderFrame(view: RunView, size: Size, color: boolean): string[] {
  const { columns, rows } = size;
  const top = [...headerLines(view, columns), ...serviceLines(view, columns)];
  const groups = [
    [...podLines(view, columns), ...requestLines(view, columns)],
    signalLines(view, columns),
  ];
  const isRoomy = rows >= ROOMY_ROWS;
  const spaced = isRoomy ? groups.flatMap(afterBlank) : groups.flat();
  const unused = rows - top.length - spaced.length - 1;
  const trouble = shareRows(troubleLines(view), columns, Math.floor(unused / 2));
  const facts = [...spaced, ...(isRoomy ? afterBlank(trouble) : trouble)];
  const footer = footerLine(view);
  const free = rows - top.length - facts.length - 1;
  const chart = chartSection(view, size, free);
  const below = recentSection(view, size, free - chart.length);
  const lines = [...top, ...chart, ...facts, ...below].slice(0, Math.max(0, rows - 1));
  return [...lines, footer].slice(-rows).map((line) => paintLine(fitLine(line, columns), color));
}

function chartSection(view: RunView, size: Size, free: number): Line[] {
  const { columns } = size;
  // Nothing offers and nothing measures: the chart would stay empty.
  if (view.load === undefined && view.snapshot.autoscalers.length === 0) return [];
  const rows = Math.min(CHART_ROWS.most, Math.floor(free / 2) - 1);
  if (rows < CHART_ROWS.least) return [];
  const lines = chartLines(view.demand, columns, rows);
  if (lines.length === 0) return [];
  const section = [chartTitle(view, columns), ...lines];
  return size.rows >= ROOMY_ROWS ? afterBlank(section) : section;
}

/** Decisions, events and logs share what is left, each with at least its title and one line. */
function recentSection(view: RunView, { columns, rows }: Size, free: number): Line[] {
  const parts = [
    { title: 'decisions', lines: (most: number) => decisionRows(view.decisions, columns, most) },
    { title: 'events', lines: (most: number) => eventLines(view).slice(0, most) },
    { title: 'logs', lines: (most: number) => view.logs.map(logLine).toReversed().slice(0, most) },
  ].filter(({ lines }) => lines(1).length > 0);
  const section: Line[] = [];
  for (const [index, { title, lines }] of parts.entries()) {
    const left = free - section.length;
    const share = Math.floor(left / (parts.length - index));
    const titles = [...(rows >= ROOMY_ROWS ? [[]] : []), [span(title, 'bold')]];
    if (share > titles.length) section.push(...titles, ...lines(share - titles.length));
  }
  return section;
}

function footerLine(view: RunView): Line {
  const words = view.phase === 'stopping' ? 'Ctrl-C again: stop at once' : 'Ctrl-C: stop in order';
  return [span(words, 'dim')];
}

function afterBlank(lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [[], ...lines];
}
