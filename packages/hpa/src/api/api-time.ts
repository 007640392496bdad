/** RFC 3339 text in milliseconds since the epoch; null for none, and for what is no time. */
export function timeMs(text: string | null | undefined): number | null {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
