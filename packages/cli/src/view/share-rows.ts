import { fitLine, span, wrapLine, type Line } from './line.ts';

/**
 * Lines broken over so many rows at most, the first ones best served; each gets one row at least, and ends
 * in `…` where its rows are too few.
 */
export function shareRows(lines: readonly Line[], columns: number, rows: number): Line[] {
  const shared: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const most = Math.max(1, rows - shared.length - (lines.length - 1 - index));
    const wrapped = wrapLine(line, columns, 2);
    shared.push(...(wrapped.length <= most ? wrapped : cutShort(line, wrapped, columns, most)));
  }
  return shared;
}

function cutShort(line: Line, wrapped: readonly Line[], columns: number, most: number): Line[] {
  if (most === 1) return [fitLine(line, columns)];
  // What follows does not fit behind it: the marker stands where it was cut.
  const last = [...(wrapped[most - 1] ?? []), span(' '.repeat(columns))];
  return [...wrapped.slice(0, most - 1), fitLine(last, columns)];
}
