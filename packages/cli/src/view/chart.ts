import { span, type Line, type Span } from './line.ts';

/** One column of time of a {@link chartLines} chart. */
export interface ChartPoint {
  /** Undefined: not known at that time, drawn as nothing. */
  readonly demand: number | undefined;
  readonly capacity: number | undefined;
}

const EIGHTHS = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * Demand as filled columns and capacity as a line across them, newest at the right, with a scale at the
 * left. Where the line runs through filled columns it shows as `━`, above them as `─`.
 *
 * @param points - Oldest first. Several points that share a column show their highest demand and their
 * last capacity.
 * @returns `rows` lines of at most `columns` columns; none when there is no room for scale and chart.
 */
export function chartLines(points: readonly ChartPoint[], columns: number, rows: number): Line[] {
  const top = scaleTop(points);
  const labelWidth = Math.max(String(top).length, 1);
  const width = columns - labelWidth - 1;
  if (width < 4 || rows < 1) return [];
  const cells = mergePoints(points, width);
  return Array.from({ length: rows }, (_, index) => {
    const row = rows - 1 - index;
    const label = index === 0 ? String(top) : row === 0 ? '0' : '';
    const drawn = cells.map((cell) => drawCell(cell, (top * row) / rows, top / rows));
    return [
      span(`${label.padStart(labelWidth)}${index === 0 || row === 0 ? '┤' : '│'}`, 'dim'),
      ...joinSpans(drawn),
    ];
  });
}

/** The smallest whole number of 1, 1.2, 1.5, 2, 3, 4, 5, 6 or 8 × 10ⁿ that nothing exceeds. */
function scaleTop(points: readonly ChartPoint[]): number {
  const highest = Math.max(1, ...points.flatMap((p) => [p.demand ?? 0, p.capacity ?? 0]));
  const decade = 10 ** Math.floor(Math.log10(highest));
  return (
    [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10]
      .map((step) => Math.round(step * decade * 10) / 10)
      .find((step) => step >= highest && Number.isInteger(step)) ?? 10 * decade
  );
}

/** As many cells as columns, right-aligned; a longer history is squeezed, a shorter one padded. */
function mergePoints(points: readonly ChartPoint[], width: number): ChartPoint[] {
  const perCell = Math.max(1, Math.ceil(points.length / width));
  const cells: ChartPoint[] = [];
  // Groups are counted from the first point, so that a column does not change once it is full.
  for (let start = 0; start < points.length; start += perCell) {
    const group = points.slice(start, start + perCell);
    const demands = group.flatMap(({ demand }) => (demand === undefined ? [] : [demand]));
    cells.push({
      demand: demands.length === 0 ? undefined : Math.max(...demands),
      capacity: group.at(-1)?.capacity,
    });
  }
  const padding = Array.from<ChartPoint>({ length: width - cells.length });
  return [...padding.fill({ demand: undefined, capacity: undefined }), ...cells];
}

function drawCell({ demand, capacity }: ChartPoint, bottom: number, height: number): Span {
  const filled = Math.max(0, Math.min(8, Math.round((((demand ?? 0) - bottom) / height) * 8)));
  // Capacity belongs to the row whose upper edge it reaches: a full scale lies in the top row.
  const isCapacityRow =
    capacity !== undefined &&
    capacity > 0 &&
    Math.ceil(capacity / height - 1e-9) === Math.round(bottom / height) + 1;
  if (isCapacityRow) {
    const short = demand !== undefined && demand > capacity;
    return span(filled >= 4 ? '━' : '─', short ? 'warning' : 'capacity');
  }
  return filled === 0 ? span(' ') : span(EIGHTHS[filled] ?? '█', 'demand');
}

function joinSpans(spans: readonly Span[]): Line {
  const joined: Span[] = [];
  for (const next of spans) {
    const last = joined.at(-1);
    if (last?.style === next.style)
      joined[joined.length - 1] = span(last.text + next.text, last.style);
    else joined.push(next);
  }
  return joined;
}
