/** A connection or session that may be ended when nothing happens on it. */
export interface Idle {
  /** Since when nothing happens on it; `performance.now()`. */
  idleSinceMs: number;
  /** Whether this side has said that it will send no more. */
  isEnding: boolean;
}

/** How it is ended. */
export interface IdleEnd {
  /** Time that it may be idle. */
  readonly allowedMs: number;
  /** Time that its client has to close, too. */
  readonly lingerMs: number;
  /** Says that this side sends no more. */
  readonly end: () => void;
  readonly destroy: () => void;
}

/**
 * Ends what has been idle for long enough; closes it when its client does not.
 * @param nowMs - `performance.now()`
 * @returns milliseconds until it should be looked at again; Infinity when there is nothing left to do.
 */
export function endIdle(
  idle: Idle,
  { allowedMs, lingerMs, end, destroy }: IdleEnd,
  nowMs: number,
): number {
  const idleMs = nowMs - idle.idleSinceMs;
  const leftMs = (idle.isEnding ? allowedMs + lingerMs : allowedMs) - idleMs;
  if (leftMs > 0) return leftMs;
  if (idle.isEnding) {
    destroy();
    return Infinity;
  }
  idle.isEnding = true;
  // Its client has the whole time to close from now on, however late this look is.
  idle.idleSinceMs = nowMs - allowedMs;
  end();
  return lingerMs;
}
