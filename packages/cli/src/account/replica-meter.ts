/** Replicas over a run; all 0 when no pod ever became ready. */
export interface ReplicaFigures {
  /** Fewest at any time. */
  readonly min: number;
  /** Most at any time. */
  readonly max: number;
  /** At the end of the run, before its pods were stopped. */
  readonly final: number;
}

/** Integrates a count of replicas over time. */
export interface ReplicaMeter {
  /**
   * Notes how many there are from `nowMs` on (milliseconds since the epoch, never falling).
   *
   * @param replicas - Pods that are not on their way out, as `status.replicas`.
   * @param pods - Pods that take room, those on their way out included.
   */
  note(replicas: number, pods: number, nowMs: number): void;
  /** Undefined before the first note. */
  figures(): ReplicaFigures | undefined;
  /** Sum over all pods of the time they took room between the first and the last note, in seconds. */
  replicaSeconds(): number;
}

/** Creates a meter that has seen nothing. */
export function createReplicaMeter(): ReplicaMeter {
  let figures: ReplicaFigures | undefined;
  let last: { readonly pods: number; readonly atMs: number } | undefined;
  let podMs = 0;
  return {
    note(replicas, pods, nowMs) {
      if (last !== undefined) podMs += last.pods * (nowMs - last.atMs);
      last = { pods, atMs: nowMs };
      figures = {
        min: Math.min(figures?.min ?? replicas, replicas),
        max: Math.max(figures?.max ?? replicas, replicas),
        final: replicas,
      };
    },
    figures: () => figures,
    replicaSeconds: () => podMs / 1000,
  };
}
