const WINDOWS_PER_SECOND = 20;
const WINDOW_MS = 1000 / WINDOWS_PER_SECOND;

/** Lets things happen up to a rate; what is above waits its turn. */
export interface Pace {
  /**
   * Runs `action` now when there is room, else later, first come first served.
   * @returns false when too many wait: it never runs.
   */
  run(action: () => void): boolean;
  /** Gives up the place of an action that waits; does nothing for another one. */
  forget(action: () => void): void;
  /** Forgets all that wait. */
  stop(): void;
}

/**
 * Makes a pace of so many a second, counted in windows of 50 ms.
 * @param maxWaiting - How many may wait.
 */
export function createPace(perSecond: number, maxWaiting: number): Pace {
  const perWindow = Math.max(1, Math.floor(perSecond / WINDOWS_PER_SECOND));
  const waiting = new Set<() => void>();
  let left = perWindow;
  let timer: NodeJS.Timeout | undefined;
  const openWindow = (): void => {
    timer = undefined;
    left = perWindow;
    for (const action of [...waiting].slice(0, left)) {
      waiting.delete(action);
      start(action);
    }
  };
  const start = (action: () => void): void => {
    left -= 1;
    // Only when something happens is there a window to close: an idle port has no timer.
    timer ??= setTimeout(openWindow, WINDOW_MS).unref();
    action();
  };
  return {
    run: (action) => {
      if (left > 0 && waiting.size === 0) start(action);
      else if (waiting.size < maxWaiting) waiting.add(action);
      else return false;
      return true;
    },
    forget: (action) => {
      waiting.delete(action);
    },
    stop: () => {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
