import { timerDelayMs } from '../time-limit.ts';

/** Lets one wait until another rings, a time is over, or a signal aborts. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  /** Ends every wait. */
  ring(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves at the next ring, after `timeoutMs`, or when `signal` aborts: whichever comes first. */
  async wait(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(wake, timerDelayMs(timeoutMs));
      const waiting = this.#waiting;
      function wake(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        waiting.delete(wake);
        resolve();
      }
      signal?.addEventListener('abort', wake, { once: true });
      waiting.add(wake);
    });
  }
}
