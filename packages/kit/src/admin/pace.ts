const WINDOWS_PER_SECOND = 20;
const WINDOW_MS = 1000 / WINDOWS_PER_SECOND;

/** Lets things happen up to a rate; what is above waits its turn. */
export interface Pace {
  /**
   * Runs `action` now when there is room, else later, first come first served.
   * @returns false when too many wait: it never runs.
   */
  run(action: () => void): boolean;
  /** Forgets what waits. */
  stop(): void;
}

/**
 * Makes a pace of so many a second, counted in windows of 50 ms.
 * @param maxWaiting - How many may wait.
 */
export function createPace(perSecond: number, maxWaiting: number): Pace {
  const perWindow = Math.max(1, Math.floor(perSecond / WINDOWS_PER_SECOND));
  let waiting: (() => void)[] = [];
  let left = perWindow;
  let timer: NodeJS.Timeout | undefined;
  const openWindow = (): void => {
    timer = undefined;
    left = perWindow;
    const now = waiting.slice(0, left);
    waiting = waiting.slice(left);
    for (const action of now) start(action);
  };
  const start = (action: () => void): void => {
    left -= 1;
    // Only when something happens is there a window to close: an idle port has no timer.
    timer ??= setTimeout(openWindow, WINDOW_MS).unref();
    action();
  };
  return {
    run: (action) => {
      if (left > 0 && waiting.length === 0) start(action);
      else if (waiting.length < maxWaiting) waiting.push(action);
      else return false;
      return true;
    },
    stop: () => {
      clearTimeout(timer);
      waiting = [];
    },
  };
}
