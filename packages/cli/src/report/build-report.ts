import type { LoadAccount } from '@bellows/load';
import type { ScaleEvent } from '@bellows/supervisor';
import { loadChangeAtMs, type OfferedLoad } from '../account/load-change.ts';
import type { RateTarget } from '../account/rate-target.ts';
import type { RunAccount } from '../account/run-account.ts';
import type { ReportedScaleEvent, RunReport } from './run-report.ts';
import { judgeRun } from './verdict.ts';

/** What a report is made from. */
export interface ReportSources {
  readonly account: Pick<
    RunAccount,
    'replicas' | 'replicaSeconds' | 'pods' | 'podsLeftOut' | 'decisionAt'
  >;
  readonly scaleEvents: readonly ScaleEvent[];
  /** Undefined, here and below: there was no load, or it did not begin. */
  readonly load: LoadAccount | undefined;
  readonly offered: OfferedLoad | undefined;
  /** Whether the load had to scale the service out and in. */
  readonly followsProfile: boolean;
  /** Undefined: load changes are not known. */
  readonly rateTarget: RateTarget | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly endedBy: string;
}

/** Puts a run's figures together. */
export function buildReport(sources: ReportSources): RunReport {
  const { account, load, startedAtMs, endedAtMs, endedBy } = sources;
  return {
    v: 1,
    startedAtMs,
    endedAtMs,
    endedBy,
    verdict: judgeRun(load, sources.scaleEvents, sources.followsProfile),
    ...(load !== undefined && loadFigures(load)),
    replicas: account.replicas(),
    replicaSeconds: account.replicaSeconds(),
    scaleEvents: sources.scaleEvents.map((event) => withLoadChange(event, sources)),
    pods: account.pods(),
    podsLeftOut: account.podsLeftOut(),
  };
}

function loadFigures(load: LoadAccount): Pick<RunReport, 'requests' | 'latencySeconds'> {
  const { sent, answered, shed, lost, lostBy, losses, latencySeconds } = load;
  return {
    requests: { sent, answered, shed, lost, lostBy, losses },
    latencySeconds: latencySeconds ?? null,
  };
}

function withLoadChange(event: ScaleEvent, sources: ReportSources): ReportedScaleEvent {
  const { account, offered, rateTarget } = sources;
  if (offered === undefined || rateTarget === undefined) return event;
  const decision = account.decisionAt(event.deployment, event.decidedAtMs);
  const changedAtMs = loadChangeAtMs(event, decision, rateTarget, offered);
  return changedAtMs === undefined ? event : { ...event, loadChangeAtMs: changedAtMs };
}
