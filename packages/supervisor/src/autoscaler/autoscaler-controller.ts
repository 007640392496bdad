import type { DecisionRecord, ObjectEvent } from '@bellows/core';
import {
  createHpaState,
  decide,
  toDecisionRecord,
  type Autoscaler,
  type Decision,
  type HpaObservation,
  type OtherAutoscaler,
} from '@bellows/hpa';
import type { PodStatus } from '@bellows/kubelet';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import type { DeploymentController } from '../deployment/deployment-controller.ts';
import type { AutoscalerView } from '../supervisor.ts';
import { findTarget, observeScale } from './observe-scale.ts';
import { observedPod } from './observed-pod.ts';
import { readMetric, type MetricSources } from './metric-readings.ts';

/** Options of {@link createAutoscalerController}. */
export interface AutoscalerControllerOptions {
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly deployments: readonly DeploymentController[];
  /** All HPA controllers of the run, this one too; those of its namespace are checked for shared pods. */
  readonly peers: () => readonly AutoscalerController[];
  /** Every pod there is. */
  readonly pods: () => readonly PodStatus[];
  readonly sources: MetricSources;
  readonly onDecision: (record: DecisionRecord) => void;
  readonly onEvent: (event: ObjectEvent) => void;
  /** After the metrics were read, with the pods that the target selects. */
  readonly onObserved: (pods: readonly PodStatus[], nowMs: number) => void;
  /** After the scale was written; `newPods` are those it created. */
  readonly onScale: (
    change: { readonly atMs: number; readonly from: number; readonly to: number },
    reason: string,
    newPods: readonly PodStatus[],
  ) => void;
}

/** The HPA controller for one HPA. */
export interface AutoscalerController {
  readonly autoscaler: HorizontalPodAutoscaler;
  /** One reconcile: observes, decides, writes the scale, tells. */
  tick(nowMs: number): void;
  view(): AutoscalerView;
}

/** Creates the controller of one HPA; the caller's loop calls `tick`. */
export function createAutoscalerController(
  options: AutoscalerControllerOptions,
): AutoscalerController {
  const { autoscaler } = options;
  const { namespace, name } = autoscaler.metadata;
  const decider: Autoscaler = { namespace, name, spec: autoscaler.spec };
  let state = createHpaState();
  let lastDecision: DecisionRecord | undefined;
  return {
    autoscaler,
    tick(nowMs) {
      const target = findTarget(namespace, autoscaler.spec.scaleTargetRef, options.deployments);
      const pods = selectedPods(options, target);
      const observation = observe(options, target, pods, nowMs);
      const stateBefore = state;
      const decision = decide(decider, observation, state, nowMs);
      ({ state } = decision);
      if (target !== undefined) write(decision, target, nowMs, options.onScale);
      const record = toDecisionRecord({
        autoscaler: decider,
        observation,
        decision,
        nowMs,
        source: 'local',
        stateBefore,
      });
      lastDecision = record;
      for (const event of decision.events) options.onEvent(event);
      options.onDecision(record);
      options.onObserved(pods, nowMs);
    },
    view: () => ({
      name,
      target: `${autoscaler.spec.scaleTargetRef.kind}/${autoscaler.spec.scaleTargetRef.name}`,
      minReplicas: autoscaler.spec.minReplicas ?? 1,
      maxReplicas: autoscaler.spec.maxReplicas,
      lastDecision,
    }),
  };
}

/** The pods that the target's selector takes, whoever made them; none without a target. */
function selectedPods(
  { autoscaler, pods }: AutoscalerControllerOptions,
  target: DeploymentController | undefined,
): PodStatus[] {
  if (target === undefined) return [];
  const { namespace } = autoscaler.metadata;
  return pods().filter(
    ({ metadata }) => metadata.namespace === namespace && target.selector.matches(metadata.labels),
  );
}

function observe(
  options: AutoscalerControllerOptions,
  target: DeploymentController | undefined,
  pods: readonly PodStatus[],
  nowMs: number,
): HpaObservation {
  const { autoscaler, sources } = options;
  return {
    scale: observeScale(autoscaler.spec.scaleTargetRef, target),
    pods: pods.map(observedPod),
    metrics: (autoscaler.spec.metrics ?? []).map((metric) =>
      readMetric(metric, pods, sources, nowMs),
    ),
    otherAutoscalers: otherAutoscalers(options),
  };
}

/**
 * The namespace's other HPAs, as far as they have been reconciled: one that has not selects nothing.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go enqueueHPA
 */
function otherAutoscalers(options: AutoscalerControllerOptions): OtherAutoscaler[] {
  const { namespace, name: ownName } = options.autoscaler.metadata;
  return options.peers().flatMap((peer) => {
    const { metadata, spec } = peer.autoscaler;
    const { name } = metadata;
    if (metadata.namespace !== namespace || name === ownName) return [];
    if (peer.view().lastDecision === undefined) return [];
    const target = findTarget(namespace, spec.scaleTargetRef, options.deployments);
    const scale = observeScale(spec.scaleTargetRef, target);
    return 'error' in scale ? [] : [{ name, selector: scale.selector }];
  });
}

function write(
  { scaleWrite, unwritten }: Decision,
  target: DeploymentController,
  nowMs: number,
  onScale: AutoscalerControllerOptions['onScale'],
): void {
  if (scaleWrite === null) return;
  const from = target.desiredReplicas();
  const newPods = target.scale(scaleWrite);
  onScale({ atMs: nowMs, from, to: scaleWrite }, unwritten?.reason ?? '', newPods);
}
