/** Bounds that were normalized: a page has few, and each many times. */
const bounds = new Map<string, string>();
const MAX_BOUNDS = 1024;
const MAX_BOUND_LENGTH = 64;

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;

/**
 * Reads a sample's value: Go's decimal syntax, and `Inf` and `NaN` in any case. Undefined if it is none or
 * too large for a double.
 *
 * @see prometheus/prometheus v0.316.0 model/textparse/promparse.go parseFloat
 */
export function parseFloatText(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!INFINITE.test(text)) return undefined;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * Writes a number as Go's shortest `g` format does: with an exponent of at least two digits below 1e-4
 * and from 1e6 on, and `+Inf`, `-Inf`, `NaN`. Minus zero is `0`.
 *
 * @see prometheus/common v0.73.1 expfmt/text_create.go writeFloat
 */
export function formatFloat(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude < 1e6 && (magnitude >= 1e-4 || magnitude === 0)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (magnitude === Number.POSITIVE_INFINITY) return value > 0 ? '+Inf' : '-Inf';
  const text = value.toExponential();
  const isOneDigit = text.at(-2) === '+' || text.at(-2) === '-';
  return isOneDigit ? `${text.slice(0, -1)}0${text.slice(-1)}` : text;
}

/**
 * Writes a number as OpenMetrics does: as {@link formatFloat}, with `.0` after a bare integer.
 *
 * @see prometheus/prometheus v0.316.0 model/labels/float.go FormatOpenMetricsFloat
 */
export function formatOpenMetricsFloat(value: number): string {
  const text = formatFloat(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * Rewrites an `le` or `quantile` to OpenMetrics' spelling, so that `1` and `1.0` are one series; other text
 * stays as it is. Go's underscores between digits are understood.
 *
 * @see prometheus/prometheus v0.316.0 model/textparse/openmetricsparse.go normalizeFloatsInLabelValues
 */
export function normalizeBound(text: string): string {
  const known = bounds.get(text);
  if (known !== undefined) return known;
  const value = parseFloatText(text.replace(/(?<=\d)_(?=\d)/g, ''));
  const normalized = value === undefined ? text : formatOpenMetricsFloat(value);
  if (bounds.size >= MAX_BOUNDS) bounds.clear();
  if (text.length <= MAX_BOUND_LENGTH) bounds.set(text, normalized);
  return normalized;
}
