/** Where a service is in its life; it only moves to the right. */
export type Phase = 'starting' | 'ready' | 'draining' | 'closed';

/** The phases, in the order a service goes through them. */
export const PHASES: readonly Phase[] = ['starting', 'ready', 'draining', 'closed'];
