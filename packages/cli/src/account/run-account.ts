import type { DecisionRecord } from '@bellows/core';
import type { OutputLine, PodStatus } from '@bellows/kubelet';
import type { SupervisorSnapshot } from '@bellows/supervisor';
import { MAX_DEMAND_POINTS, MAX_RECENT, type SeenEvent } from '../view/run-view.ts';
import { demandPoint, type DemandPoint, type DemandSource } from './demand.ts';
import { createPodLedger, type PodEntry } from './pod-ledger.ts';
import { createReplicaMeter, type ReplicaFigures } from './replica-meter.ts';

/** Scale decisions kept to tell what led to a scale event. */
const MAX_SCALE_DECISIONS = 1000;

/** What a run has been so far. */
export interface RunAccount {
  /** Oldest first; the last ones only. */
  readonly demand: readonly DemandPoint[];
  readonly decisions: readonly DecisionRecord[];
  readonly events: readonly SeenEvent[];
  readonly logs: readonly OutputLine[];
  noteDecision(record: DecisionRecord): void;
  noteEvent(seen: SeenEvent): void;
  noteLog(line: OutputLine): void;
  notePod(pod: PodStatus, nowMs: number): void;
  /** Takes the replicas as they are now. */
  noteReplicas(snapshot: SupervisorSnapshot): void;
  /** Adds a point to the chart; `offeredPerSecond` is undefined while no load runs. */
  noteDemand(snapshot: SupervisorSnapshot, offeredPerSecond: number | undefined): void;
  /** The decision on which a Deployment was scaled at a time; undefined when it is not known any more. */
  decisionAt(deployment: string, atMs: number): DecisionRecord | undefined;
  replicas(): ReplicaFigures;
  replicaSeconds(): number;
  pods(): readonly PodEntry[];
  /** Pods that {@link RunAccount.pods} does not hold any more. */
  podsLeftOut(): number;
}

/**
 * Creates the account of a run that has not begun.
 *
 * @param countedDeployments - Those whose replicas are counted.
 * @param demandSource - The HPA whose demand is kept.
 */
export function createRunAccount(
  countedDeployments: readonly string[],
  demandSource: DemandSource | undefined,
): RunAccount {
  const recent = { demand: [], decisions: [], events: [], logs: [] } as {
    demand: DemandPoint[];
    decisions: DecisionRecord[];
    events: SeenEvent[];
    logs: OutputLine[];
  };
  const scaleDecisions: DecisionRecord[] = [];
  const meter = createReplicaMeter();
  const ledger = createPodLedger();
  return {
    ...recent,
    noteDecision(record) {
      push(recent.decisions, record, MAX_RECENT);
      const { current, desired } = record.replicas;
      if (current !== desired) push(scaleDecisions, record, MAX_SCALE_DECISIONS);
    },
    noteEvent: (seen) => {
      push(recent.events, seen, MAX_RECENT);
    },
    noteLog: (line) => {
      push(recent.logs, line, MAX_RECENT);
    },
    notePod: (pod, nowMs) => {
      ledger.note(pod, nowMs);
    },
    noteReplicas({ deployments, atMs }) {
      const counted = deployments.filter(({ name }) => countedDeployments.includes(name));
      // Until a first pod is ready nothing is served: the run has not really begun.
      if (meter.figures() === undefined && counted.every((d) => d.readyReplicas === 0)) return;
      const pods = counted.flatMap((deployment) => deployment.pods);
      const staying = pods.filter((pod) => pod.deletionTimestampMs === undefined);
      meter.note(staying.length, pods.length, atMs);
    },
    noteDemand: (snapshot, offeredPerSecond) => {
      push(recent.demand, demandPoint(snapshot, demandSource, offeredPerSecond), MAX_DEMAND_POINTS);
    },
    decisionAt: (deployment, atMs) =>
      scaleDecisions.findLast((d) => d.target.name === deployment && d.atMs <= atMs),
    replicas: () => meter.figures() ?? { min: 0, max: 0, final: 0 },
    replicaSeconds: () => meter.replicaSeconds(),
    pods: () => ledger.entries(),
    podsLeftOut: () => ledger.leftOut(),
  };
}

function push<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}
