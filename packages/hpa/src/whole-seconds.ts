/**
 * Cuts a time to whole seconds, as every `metav1.Time` is after it went through JSON.
 *
 * @param timeMs - Milliseconds since the epoch.
 */
export function wholeSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
