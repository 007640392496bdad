/** Options of {@link waitUntil}. */
export interface WaitOptions {
  /** Gives up after so long, in milliseconds. @defaultValue 20000 */
  readonly timeoutMs?: number;
  /** Time between two looks, in milliseconds. @defaultValue 10 */
  readonly intervalMs?: number;
}

/**
 * Resolves with what `look` returns as soon as that is neither `undefined` nor `false`.
 *
 * @param what - Names what is waited for, for the error.
 * @throws Error naming `what` when the time is up.
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  options: WaitOptions = {},
): Promise<T> {
  const { timeoutMs = 20_000, intervalMs = 10 } = options;
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadlineMs) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
