import type { AutoscalerView, SupervisorSnapshot } from '@bellows/supervisor';
import { readMetricValue } from '../text/metric-value.ts';
import type { RateTarget } from './rate-target.ts';

/** Demand against capacity at one time, in the same unit. Undefined: not known. */
export interface DemandPoint {
  readonly demand: number | undefined;
  readonly capacity: number | undefined;
}

/** The HPA whose demand is shown. */
export interface DemandSource {
  readonly autoscaler: string;
  /** Undefined: shown in replicas. */
  readonly rateTarget: RateTarget | undefined;
}

/**
 * Demand and capacity now. With a rate target in requests a second: what the load offers (without a load:
 * the metric as last decided on, over all replicas), against ready replicas × target. Without one in
 * replicas: what the metrics asked for at the last sync, against ready replicas.
 */
export function demandPoint(
  snapshot: SupervisorSnapshot,
  source: DemandSource | undefined,
  offeredPerSecond: number | undefined,
): DemandPoint {
  const view = snapshot.autoscalers.find(({ name }) => name === source?.autoscaler);
  const deployment = snapshot.deployments.find(
    ({ name }) => name === view?.target.split('/').at(-1),
  );
  const ready = deployment?.readyReplicas;
  const target = source?.rateTarget;
  if (target === undefined) return { demand: view && askedReplicas(view), capacity: ready };
  return {
    demand: offeredPerSecond ?? (view && measuredRate(view, target)),
    capacity: ready === undefined ? undefined : ready * target.perReplica,
  };
}

function askedReplicas({ lastDecision }: AutoscalerView): number | undefined {
  if (lastDecision === undefined) return undefined;
  const asked = lastDecision.inputs.flatMap(({ usageRatio }) =>
    usageRatio === undefined ? [] : [usageRatio * lastDecision.replicas.current],
  );
  return asked.length === 0 ? undefined : Math.max(...asked);
}

function measuredRate({ lastDecision }: AutoscalerView, target: RateTarget): number | undefined {
  const input = lastDecision?.inputs.find(({ name }) => name === target.metric);
  if (lastDecision === undefined || typeof input?.current !== 'string') return undefined;
  const perReplica = readMetricValue(input.current);
  return perReplica === undefined ? undefined : perReplica * lastDecision.replicas.current;
}
