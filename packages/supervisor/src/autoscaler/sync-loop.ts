/** Runs a step again and again. */
export interface SyncLoop {
  /** Runs the step at once, then a period after each end. */
  start(): void;
  /** Ends the loop. Idempotent. */
  stop(): void;
}

/**
 * Creates a loop whose real period is `periodMs` plus the step's own time, as the HPA controller's.
 *
 * @param periodMs - Time from the end of a step to the start of the next, in milliseconds.
 * @param step - Takes the time, in milliseconds since the epoch.
 * @param onError - Gets what the step throws; the next step runs all the same.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/rate_limiters.go
 */
export function createSyncLoop(
  periodMs: number,
  step: (nowMs: number) => void,
  onError: (error: unknown) => void,
): SyncLoop {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  const run = (): void => {
    try {
      step(Date.now());
    } catch (error) {
      onError(error);
    } finally {
      // The step itself may have stopped the loop.
      if (isRunning) timer = setTimeout(run, periodMs);
    }
  };
  return {
    start: () => {
      if (isRunning) return;
      isRunning = true;
      run();
    },
    stop: () => {
      isRunning = false;
      clearTimeout(timer);
    },
  };
}
