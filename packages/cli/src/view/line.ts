import { styleText } from 'node:util';
import stringWidth from 'string-width';

/** How a piece of a line looks. Colour is never the only carrier of a meaning. */
export type Style = 'plain' | 'bold' | 'dim' | 'good' | 'warning' | 'bad' | 'demand' | 'capacity';

/** A piece of a line in one style; its text holds no control character. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** A line of a view, before it is fitted and painted. */
export type Line = readonly Span[];

const FORMATS = {
  plain: [],
  bold: ['bold'],
  dim: ['dim'],
  good: ['green'],
  warning: ['yellow'],
  bad: ['red', 'bold'],
  demand: ['cyan'],
  capacity: ['green'],
} as const satisfies Record<Style, readonly Parameters<typeof styleText>[0][]>;

/** A span; plain unless said otherwise. */
export function span(text: string, style: Style = 'plain'): Span {
  return { text, style };
}

/** Columns a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + stringWidth(text), 0);
}

/** The line in at most `columns` columns; what had to be cut off shows as `…`. */
export function fitLine(line: Line, columns: number): Line {
  if (lineWidth(line) <= columns) return line;
  const fitted: Span[] = [];
  let left = columns - 1;
  for (const { text, style } of line) {
    const part = takeColumns(text, left);
    fitted.push({ text: part, style });
    left -= stringWidth(part);
    if (part !== text) break;
  }
  return columns < 1 ? [] : [...fitted, span('…', 'dim')];
}

/**
 * The line over as many lines of at most `columns` columns as it takes, broken at spaces where it has any;
 * later ones are indented. Nothing is cut off, unless a character is wider than a line.
 */
export function wrapLine(line: Line, columns: number, indent: number): Line[] {
  if (lineWidth(line) <= columns) return [line];
  const margin = ' '.repeat(Math.max(0, Math.min(indent, columns - 8)));
  const lines: Line[] = [];
  let current: Line = [];
  for (const piece of line.flatMap((part) => piecesOf(part, columns - margin.length))) {
    if (current.length > 0 && lineWidth([...current, piece]) > columns) {
      lines.push(current);
      current = [span(margin + piece.text.trimStart(), piece.style)];
    } else {
      current = [...current, piece];
    }
  }
  return [...lines, current].map((wrapped) => fitLine(wrapped, columns));
}

/** Words with the spaces before them; one wider than `columns` in parts that are not. */
function piecesOf({ text, style }: Span, columns: number): Span[] {
  return (text.match(/\s*\S+|\s+$/g) ?? []).flatMap((word) => {
    const pieces: Span[] = [];
    let left = word;
    while (stringWidth(left) > columns) {
      const part = takeColumns(left, columns);
      if (part === '') break;
      pieces.push(span(part, style));
      left = left.slice(part.length);
    }
    return [...pieces, span(left, style)];
  });
}

/** Two parts at the two ends of a line; the right one is left out when both do not fit. */
export function spread(left: Line, right: Line, columns: number): Line {
  const gap = columns - lineWidth(left) - lineWidth(right);
  return gap < 2 ? left : [...left, span(' '.repeat(gap)), ...right];
}

/** Packs parts into as few lines as fit, two spaces apart; later lines are indented by `indent`. */
export function flow(parts: readonly Line[], columns: number, indent = 0): Line[] {
  const lines: Line[] = [];
  let current: Line = [];
  for (const part of parts) {
    const joined = current.length === 0 ? part : [...current, span('  '), ...part];
    if (current.length > 0 && lineWidth(joined) > columns) {
      lines.push(current);
      current = [span(' '.repeat(indent)), ...part];
    } else {
      current = joined;
    }
  }
  return current.length === 0 ? lines : [...lines, current];
}

/** The line as text: with escape sequences when `color` is true, else bare. */
export function paintLine(line: Line, color: boolean): string {
  return line.map(({ text, style }) => (color ? paint(text, style) : text)).join('');
}

function paint(text: string, style: Style): string {
  return FORMATS[style].reduce<string>(
    (painted, format) => styleText(format, painted, { validateStream: false }),
    text,
  );
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let width = 0;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    taken += character;
  }
  return taken;
}
