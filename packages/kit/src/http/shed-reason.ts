/** Why a request is refused: the `reason` label of `http_requests_shed_total`. */
export type ShedReason = 'queue_full' | 'queue_timeout' | 'deadline' | 'draining' | 'overload';

/** All of them: each has its series from the start. */
export const SHED_REASONS: readonly ShedReason[] = [
  'queue_full',
  'queue_timeout',
  'deadline',
  'draining',
  'overload',
];
