/** A server closes about when it says: a connection is not used in the last second before, in milliseconds. */
export const KEEP_ALIVE_MARGIN_MS = 1000;
/** How long a connection is used again when the server gives no hint, in milliseconds. */
export const DEFAULT_KEEP_ALIVE_MS = 4000;
/** Longest time a hint is believed, in milliseconds. */
export const MAX_KEEP_ALIVE_MS = 600_000;

/**
 * How long a connection may be idle before it must not be used again, in milliseconds; 0 when the hint
 * leaves no time.
 *
 * @param hint - The header `Keep-Alive` of the last answer, such as `timeout=5`.
 * @see nodejs/undici v6.21.0 lib/dispatcher/client-h1.js (onHeadersComplete: hint less keepAliveTimeoutThreshold,
 * default keepAliveTimeout 4 s, at most keepAliveMaxTimeout 600 s)
 */
export function keepAliveLimitMs(hint: string | undefined): number {
  const seconds = /(?:^|[\s,;])timeout=(\d{1,9})/i.exec(hint ?? '')?.[1];
  if (seconds === undefined) return DEFAULT_KEEP_ALIVE_MS;
  return Math.min(MAX_KEEP_ALIVE_MS, Math.max(0, Number(seconds) * 1000 - KEEP_ALIVE_MARGIN_MS));
}
