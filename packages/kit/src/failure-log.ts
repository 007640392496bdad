import { messageOf } from './message-of.ts';

/** At most one line for each source in this time, in milliseconds. */
const QUIET_MS = 10_000;
/** Sources that are remembered; the oldest are forgotten. */
const MAX_SOURCES = 1_000;

/** Says what failed in work of the service, and no more than a reader can take. */
export interface FailureLog {
  /** @param source - What failed, such as `check database`; bounded in number. */
  say(source: string, error: unknown): void;
}

interface Source {
  saidMs: number;
  leftOut: number;
}

/** Creates a log of failures: one line for each source in ten seconds, with the number of those it leaves out. */
export function createFailureLog(log: (message: string) => void): FailureLog {
  const sources = new Map<string, Source>();
  return {
    say: (source, error) => {
      const nowMs = performance.now();
      const known = sources.get(source);
      if (known !== undefined && nowMs - known.saidMs < QUIET_MS) {
        known.leftOut += 1;
        return;
      }
      const more = known === undefined || known.leftOut === 0 ? '' : ` (and ${known.leftOut} more)`;
      sources.delete(source);
      sources.set(source, { saidMs: nowMs, leftOut: 0 });
      const [oldest] = sources.keys();
      if (sources.size > MAX_SOURCES && oldest !== undefined) sources.delete(oldest);
      log(`${source} failed: ${messageOf(error)}${more}`);
    },
  };
}
