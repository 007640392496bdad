/**
 * How much work matters when there is no room for all of it: `high` starts first and may take the place of what
 * waits with less.
 */
export type Priority = 'high' | 'normal' | 'low';

/** All of them, the most urgent first. */
export const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

/** Place of a priority in {@link PRIORITIES}: 0 is the most urgent. */
export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}
