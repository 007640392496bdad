import { setTimeout as sleep } from 'node:timers/promises';
import { apiStatusOf } from '@bellows/kubernetes';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
/** Not found, another one of the same name, invalid: asking again leads to the same. */
const FINAL = new Set([404, 409, 422]);

/** Does something on the API server until it is done, refused for good, or `signal` says to end: it may be away for a while. */
export async function persist(signal: AbortSignal, act: () => Promise<unknown>): Promise<void> {
  for (
    let waitMs = FIRST_WAIT_MS;
    !signal.aborted;
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
  ) {
    try {
      await act();
      return;
    } catch (error) {
      const code = apiStatusOf(error)?.code;
      // `signal` may have changed meanwhile, which the type checker cannot see.
      if (signal.aborted as boolean) return;
      if (code !== undefined && code !== 404) process.stderr.write(`${String(error)}\n`);
      if (code !== undefined && FINAL.has(code)) return;
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
