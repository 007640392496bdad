/** Delay before the second restart in a row, in milliseconds. */
export const INITIAL_BACK_OFF_MS = 10_000;
/** Longest delay before a restart, in milliseconds. */
export const MAX_BACK_OFF_MS = 300_000;

/** The back-off of one container; undefined before its first restart. */
export interface RestartBackOff {
  /** Delay the next restart has to keep after the container's end, in milliseconds. */
  readonly delayMs: number;
  /** When the last restart was, in milliseconds since the epoch. */
  readonly lastRestartMs: number;
}

/**
 * How long a container that ended at `finishedAtMs` has to wait for its restart: not at all the first
 * time, or when it ran for more than ten minutes.
 *
 * @returns Milliseconds after `finishedAtMs`.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go (doBackOff)
 * @see kubernetes/client-go v0.37.2 util/flowcontrol/backoff.go (IsInBackOffSince)
 */
export function restartDelayMs(backOff: RestartBackOff | undefined, finishedAtMs: number): number {
  return backOff === undefined || hasExpired(backOff, finishedAtMs) ? 0 : backOff.delayMs;
}

/**
 * The back-off after a restart at `nowMs` of a container that ended at `finishedAtMs`: 10 s, doubled
 * each time to 5 min, 10 s again after ten minutes of running.
 *
 * @see kubernetes/client-go v0.37.2 util/flowcontrol/backoff.go (Next)
 */
export function backOffAfterRestart(
  backOff: RestartBackOff | undefined,
  finishedAtMs: number,
  nowMs: number,
): RestartBackOff {
  const delayMs =
    backOff === undefined || hasExpired(backOff, finishedAtMs)
      ? INITIAL_BACK_OFF_MS
      : Math.min(backOff.delayMs * 2, MAX_BACK_OFF_MS);
  return { delayMs, lastRestartMs: nowMs };
}

/** Upstream calls an item stable once it has been quiet for twice the longest delay. */
function hasExpired(backOff: RestartBackOff, finishedAtMs: number): boolean {
  return finishedAtMs - backOff.lastRestartMs > 2 * MAX_BACK_OFF_MS;
}
