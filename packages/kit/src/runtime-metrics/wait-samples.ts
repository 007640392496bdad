/** Buckets of waits that are sampled, in seconds: from what an idle process takes to what makes a probe fail. */
export const WAIT_BUCKETS_SECONDS: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/**
 * The waits that one long wait stands for, in seconds, the longest first: samples that were due in it could not be
 * taken, each would have waited for what was left. Without them what is blocked half of the time would look idle, with
 * a few long waits.
 */
export function* waitSamples(longestMs: number, intervalMs: number): Generator<number> {
  for (let waitMs = longestMs; waitMs > 0; waitMs -= intervalMs) yield waitMs / 1000;
}
