import type { DecisionRecord, ObjectEvent } from '@bellows/core';
import type { OutputLine } from '@bellows/kubelet';
import type { LoadAccount } from '@bellows/load';
import type { SupervisorSnapshot } from '@bellows/supervisor';
import type { DemandPoint } from '../account/demand.ts';

/** The load of a run, as it stands. */
export interface LoadView {
  /** Address the requests go to. */
  readonly target: string;
  /** Undefined while it waits for the first ready pod. */
  readonly startedAtMs: number | undefined;
  readonly durationSeconds: number;
  readonly offeredPerSecond: number;
  readonly account: LoadAccount;
}

/** An event with the time it came and the object it is about, such as `pod/shop-x1`. */
export interface SeenEvent {
  readonly atMs: number;
  readonly about: string;
  readonly event: ObjectEvent;
}

/** All that an output shows of a run at one time. */
export interface RunView {
  /** What is run: the files, or the command. */
  readonly title: string;
  /** Milliseconds since the epoch, as all `…AtMs`. */
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly phase: 'starting' | 'running' | 'stopping';
  readonly snapshot: SupervisorSnapshot;
  readonly load: LoadView | undefined;
  /** One point a second, oldest first, at most {@link MAX_DEMAND_POINTS}. */
  readonly demand: readonly DemandPoint[];
  readonly demandUnit: 'requests/s' | 'replicas';
  /** Oldest first, at most {@link MAX_RECENT}. */
  readonly decisions: readonly DecisionRecord[];
  readonly events: readonly SeenEvent[];
  /** Empty unless asked for. */
  readonly logs: readonly OutputLine[];
}

/** Points of demand kept for the chart. */
export const MAX_DEMAND_POINTS = 600;

/** Decisions, events and log lines kept for the live view. */
export const MAX_RECENT = 50;
