/** Why a request can be refused: the `reason` label of `http_requests_shed_total`. */
export const SHED_REASONS = ['queue_full', 'queue_timeout', 'draining', 'overload'] as const;

/** One of {@link SHED_REASONS}. */
export type ShedReason = (typeof SHED_REASONS)[number];
