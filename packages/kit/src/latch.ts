/** Holds callbacks back until it opens. */
export interface Latch {
  /** Calls it when the latch opens, at once when it is open; never when it was shut before. */
  readonly when: (callback: () => void) => void;
  readonly open: () => void;
  /** Forgets what waits, and what comes. */
  readonly shut: () => void;
}

/** Creates a latch that is closed. */
export function createLatch(): Latch {
  const waiting: (() => void)[] = [];
  let state: 'closed' | 'open' | 'shut' = 'closed';
  return {
    when: (callback) => {
      if (state === 'closed') waiting.push(callback);
      else if (state === 'open') callback();
    },
    open: () => {
      if (state === 'closed') state = 'open';
      for (const callback of waiting.splice(0)) callback();
    },
    shut: () => {
      state = 'shut';
      waiting.length = 0;
    },
  };
}
