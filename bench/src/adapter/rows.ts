import type { BenchRow } from '../benchmark.ts';

/** Resident memory that the adapter may use, in any of the cases. */
export const GOAL_MEMORY_MEGABYTES = 150;

/** A figure of ours of which less is better, beside the peer's. @param limit - What ours must be below; undefined: for information. */
export function beside(what: string, ours: number, peer: number, limit?: number): BenchRow {
  return {
    ...alone(what, ours, limit),
    peer: `prometheus-adapter ${peer.toFixed(1)}`,
    ratio: (peer / ours).toFixed(2),
  };
}

/** A figure that the peer has nothing like. */
export function alone(what: string, ours: number, limit?: number): BenchRow {
  return {
    ...{ what, ours: ours.toFixed(1), peer: undefined, ratio: undefined },
    goal: limit === undefined ? undefined : `< ${limit}`,
    isMet: limit === undefined || ours < limit,
  };
}
