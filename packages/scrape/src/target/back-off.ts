/** So many failures in a row are let pass before a target is asked less often: a pod that starts refuses. */
const PATIENCE = 5;

/**
 * Intervals until the next scrape, after so many failures in a row: 1 for the first five, then 2, 4, 8 …
 *
 * @param failures - 0 or more.
 * @returns At least 1; no more than fit into `maxMs`.
 */
export function backOffIntervals(failures: number, intervalMs: number, maxMs: number): number {
  const doubled = 2 ** Math.min(30, Math.max(0, failures - PATIENCE + 1));
  return failures < PATIENCE ? 1 : Math.max(1, Math.min(doubled, Math.floor(maxMs / intervalMs)));
}
