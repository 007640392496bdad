/** What happens at an uncaught error. */
export interface UncaughtActions {
  readonly log: (message: string) => void;
  /** At the first one: what others have under way may still end. */
  readonly drain: (reason: string) => Promise<void>;
  /** At the second one. */
  readonly exit: () => void;
}

/**
 * Takes over uncaught errors, and with them rejections that nobody handled, which Node makes errors of. Node would
 * end the process at once, and every request under way with it. A listener of the service's own stays and is called.
 * @returns a function that lets go of them.
 */
export function followUncaughtErrors({ log, drain, exit }: UncaughtActions): () => void {
  let isFirst = true;
  const onError = (error: unknown, origin: string): void => {
    log(`${origin}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (!isFirst) {
      exit();
      return;
    }
    isFirst = false;
    void drain(origin);
  };
  process.on('uncaughtException', onError);
  return () => {
    process.off('uncaughtException', onError);
  };
}
