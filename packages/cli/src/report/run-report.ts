import type { LoadAccount } from '@bellows/load';
import type { ScaleEvent } from '@bellows/supervisor';
import type { PodEntry } from '../account/pod-ledger.ts';
import type { ReplicaFigures } from '../account/replica-meter.ts';

/** A scale event with the moment at which the load made it necessary; times in milliseconds since the epoch. */
export interface ReportedScaleEvent extends ScaleEvent {
  /** See `loadChangeAtMs`; undefined where it is not known. */
  readonly loadChangeAtMs?: number;
}

/** Whether the run kept what it promised. */
export interface Verdict {
  /** True also where nothing was promised: a run without load. */
  readonly kept: boolean;
  /** What was not kept, one sentence each; empty when all was. */
  readonly broken: readonly string[];
}

/** A run in figures: what `--report` writes and the summary says. */
export interface RunReport {
  /** Version of this form. */
  readonly v: 1;
  /** When the command started, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** When the stop began, before the pods ended; in milliseconds since the epoch. */
  readonly endedAtMs: number;
  /** What ended the run: `load` is over, its `duration`, a signal's name, `brokenPipe`. */
  readonly endedBy: string;
  /** The exit code says it too, unless a request to stop ended the run. */
  readonly verdict: Verdict;
  /** Undefined: no load was given. */
  readonly requests?: Pick<LoadAccount, 'sent' | 'answered' | 'shed' | 'lost' | 'lostBy'> & {
    /** The first losses with what is known of each, at most 100. */
    readonly losses: LoadAccount['losses'];
  };
  /** Of answered requests; null when none was. */
  readonly latencySeconds?: LoadAccount['latencySeconds'] | null;
  /** Of all Deployments that an HPA scales (of all, when none is scaled), from the first ready pod on. */
  readonly replicas: ReplicaFigures;
  /** Time pods took room, summed, in seconds, the terminating ones included. */
  readonly replicaSeconds: number;
  /** Every change of replicas by an HPA, in order. */
  readonly scaleEvents: readonly ReportedScaleEvent[];
  /** In the order in which they were first seen; at most 1000, of those that are gone the last. */
  readonly pods: readonly PodEntry[];
  /** How many more pods there were. */
  readonly podsLeftOut: number;
}
