/** Longest delay that a timer of Node's can count; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A delay as a timer of Node's can count it: not below 0, 24.8 days at most. */
export function timerDelayMs(wantedMs: number): number {
  return Math.min(Math.max(0, wantedMs), MAX_TIMER_MS);
}

/** Work was not waited for any longer. */
export class TimeLimitError extends Error {}

/** How long work is waited for. */
export interface TimeLimit {
  readonly timeoutMs: number;
  /** Whether the process stays alive for it. */
  readonly keepsAlive: boolean;
}

/** What `work` resolves or rejects with; rejects with a {@link TimeLimitError} when it takes longer. */
export async function withTimeLimit<Result>(
  work: Promise<Result>,
  { timeoutMs, keepsAlive }: TimeLimit,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimitError(`it took longer than ${timeoutMs / 1000} s`));
    }, timerDelayMs(timeoutMs));
    if (!keepsAlive) timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
