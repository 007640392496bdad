/** How much a line of the log matters: `warn` is for what somebody should mend, `error` for what keeps the server from its work. */
export type LogLevel = 'info' | 'warn' | 'error';

/** What a line of the log says beside its message; no secret, no value of a metric's label. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Takes one line of the log. Never throws. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** A line that says the same within this time is counted and not written, in milliseconds. */
const QUIET_MS = 60_000;
/** Different lines that are remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 500;

interface Remembered {
  readonly sinceMs: number;
  count: number;
}

/**
 * A log of one JSON object a line: `time`, `level`, `message` and the fields. A line that would be repeated within a minute is
 * written once; the next one after that says how many were left out, so that a source that is down for a night does not fill a disk.
 *
 * @param write - Takes a line with its end.
 * @param now - Milliseconds since the epoch.
 */
export function createJsonLog(
  write: (line: string) => void,
  now: () => number = () => Date.now(),
): Log {
  const remembered = new Map<string, Remembered>();
  return (level, message, fields = {}) => {
    const atMs = now();
    const text = stringify({ level, message, ...fields });
    const before = remembered.get(text);
    if (before !== undefined && atMs - before.sinceMs < QUIET_MS) {
      before.count += 1;
      return;
    }
    remembered.delete(text);
    remembered.set(text, { sinceMs: atMs, count: 0 });
    forgetOldest(remembered);
    const repeated =
      before === undefined || before.count === 0 ? '' : `,"repeated":${before.count}`;
    const time = JSON.stringify(new Date(atMs).toISOString());
    write(`{"time":${time},${text.slice(1, -1)}${repeated}}\n`);
  };
}

function forgetOldest(remembered: Map<string, Remembered>): void {
  if (remembered.size <= MAX_REMEMBERED) return;
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
}

/** A field may be an error, which JSON shows nothing of, or refer to itself. */
function stringify(line: LogFields): string {
  try {
    return JSON.stringify(line, (_key, value: unknown) =>
      value instanceof Error ? value.message : typeof value === 'bigint' ? String(value) : value,
    );
  } catch {
    return JSON.stringify({ level: line['level'], message: line['message'] });
  }
}
