import { DEADLINE_HEADER, deadlineHeaderValue } from '../http/request-deadline.ts';
import type { AnyRequest } from '../http/request-record.ts';
import type { WorkLimit } from '../limit/work-limit.ts';
import { timerDelayMs } from '../time-limit.ts';

/** What a guarded `fetch` takes besides what `fetch` does. */
export interface GuardedFetchInit extends RequestInit {
  /** The request it is for: its deadline is handed down, and when it ends so does this. */
  readonly request?: AnyRequest;
}

/** `fetch` in bounds. */
export type GuardedFetch = (input: string | URL, init?: GuardedFetchInit) => Promise<Response>;

/** What it is made from. */
export interface GuardedFetchParts {
  readonly limit: WorkLimit;
  /** Time each call has, its body included, in seconds. */
  readonly timeoutSeconds: number;
  readonly abortSignal: (request: AnyRequest) => AbortSignal;
  readonly timeLeftSeconds: (request: AnyRequest) => number;
}

/**
 * `fetch` with a bound on how many calls wait for their headers at once, a total deadline that holds for the body, too,
 * and the deadline handed down in {@link DEADLINE_HEADER}.
 */
export function createGuardedFetch(parts: GuardedFetchParts): GuardedFetch {
  const { limit, abortSignal, timeLeftSeconds } = parts;
  return (input, { request, signal, ...init } = {}) => {
    const leftSeconds = Math.min(
      parts.timeoutSeconds,
      request === undefined ? Infinity : timeLeftSeconds(request),
    );
    const signals = [signal ?? undefined, request && abortSignal(request)].filter(
      (one) => one !== undefined,
    );
    if (leftSeconds !== Infinity) {
      signals.push(AbortSignal.timeout(timerDelayMs(Math.ceil(leftSeconds * 1000))));
    }
    const total = AbortSignal.any(signals);
    const headers = new Headers(init.headers);
    const said = deadlineHeaderValue(leftSeconds);
    if (said !== undefined) headers.set(DEADLINE_HEADER, said);
    return limit.run(() => fetch(input, { ...init, headers, signal: total }), { signal: total });
  };
}
