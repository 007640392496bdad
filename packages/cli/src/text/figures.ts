const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with its thousands grouped, such as `12,345`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A rate: whole from 100 on, below with two significant digits at most, such as `4.5`, `91` or `1,120`. */
export function formatRate(perSecond: number): string {
  return perSecond >= 100 ? formatCount(perSecond) : String(Number(perSecond.toPrecision(2)));
}

/** A latency: `850 µs`, `1.8 ms`, `12 ms`, `1.25 s`; `–` when there is none. */
export function formatLatency(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  const ms = seconds * 1000;
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${seconds.toFixed(2)} s`;
}

/** A span of time between two moments: `0.4 s`, `12.3 s`; `–` when one of them is unknown. */
export function formatSpan(fromMs: number | undefined, toMs: number | undefined): string {
  if (fromMs === undefined || toMs === undefined) return '–';
  return `${((toMs - fromMs) / 1000).toFixed(1)} s`;
}

/** Minutes and seconds, or hours, minutes and seconds: `1:23`, `2:00:05`. */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** Local time of day, `14:03:15`. */
export function formatTimeOfDay(atMs: number): string {
  return new Date(atMs).toTimeString().slice(0, 8);
}
