import { HPA_USER, type AuditEvent } from '@bellows/e2e';
import { ENOUGH_PODS } from './signals.ts';

/** What happened after one step; times are in milliseconds since the epoch. */
export interface Timeline {
  /** The first request of the new rate. */
  readonly stepMs: number;
  /** When the autoscaler asked for the metric: once in each of its syncs, in order, from the last one before the step on. */
  readonly syncsMs: readonly number[];
  /** Scales it wrote since, in order. */
  readonly writes: readonly { readonly atMs: number; readonly replicas: number }[];
}

/** The three times of a step and their floors, in seconds after it; undefined: it never came to that. */
export interface Reaction {
  /** The first sync: what true values of the instant would have led to a write at, of the right count. */
  readonly floorSeconds: number;
  /** The first scale write. */
  readonly firstWriteSeconds: number | undefined;
  /** What it said. */
  readonly firstReplicas: number | undefined;
  /** The write of enough pods. */
  readonly enoughSeconds: number | undefined;
  /** The first sync more than two seconds after the step. */
  readonly dueSeconds: number | undefined;
  /** Whether the first write came at that sync, or before. */
  readonly isFirstWriteDue: boolean;
  /** Syncs between the floor's and that of the write of enough pods. */
  readonly syncsLate: number | undefined;
}

/** A sample has to be taken and scraped before it can be read. */
const DUE_MS = 2_000;

/** What an API server wrote down of one autoscaler. */
export function readTimeline(
  events: readonly AuditEvent[],
  {
    namespace,
    name,
    stepMs,
  }: { readonly namespace: string; readonly name: string; readonly stepMs: number },
): Timeline {
  const own = events
    .filter(({ user }) => user === HPA_USER)
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
  const selector = `labelSelector=${encodeURIComponent(`app=${name}`)}`;
  const syncs = own.filter(({ uri }) => uri.endsWith(selector)).map((event) => event.receivedAtMs);
  const before = syncs.filter((atMs) => atMs < stepMs).slice(-1);
  const scale = `/namespaces/${namespace}/deployments/${name}/scale`;
  const writes = own.flatMap(({ uri, replicas, answeredAtMs: atMs }) =>
    uri.endsWith(scale) && replicas !== undefined && atMs >= stepMs ? [{ atMs, replicas }] : [],
  );
  return { stepMs, syncsMs: [...before, ...syncs.filter((atMs) => atMs >= stepMs)], writes };
}

/**
 * What the timeline says of the autoscaler's delay.
 *
 * @throws Error when it has not synced since the step.
 */
export function reactionOf({ stepMs, syncsMs, writes }: Timeline): Reaction {
  const syncs = syncsMs.filter((atMs) => atMs >= stepMs);
  const [floorMs] = syncs;
  if (floorMs === undefined) throw new Error('the autoscaler has not synced since the step');
  const seconds = (atMs: number): number => (atMs - stepMs) / 1000;
  /** The sync that a write belongs to: the last one that began before it. */
  const syncOf = (atMs: number): number => syncs.findLastIndex((sync) => sync <= atMs);
  const [first] = writes;
  const enough = writes.find(({ replicas }) => replicas >= ENOUGH_PODS);
  const due = syncs.findIndex((atMs) => atMs - stepMs > DUE_MS);
  const dueMs = syncs[due];
  return {
    floorSeconds: seconds(floorMs),
    firstWriteSeconds: first && seconds(first.atMs),
    firstReplicas: first?.replicas,
    enoughSeconds: enough && seconds(enough.atMs),
    dueSeconds: dueMs === undefined ? undefined : seconds(dueMs),
    isFirstWriteDue: first !== undefined && due >= 0 && syncOf(first.atMs) <= due,
    syncsLate: enough && syncOf(enough.atMs),
  };
}
