/** The phases of a service, in the order it goes through them. */
export const PHASES = ['starting', 'ready', 'draining', 'closed'] as const;

/** Where a service is in its life; it only moves to the right. */
export type Phase = (typeof PHASES)[number];
