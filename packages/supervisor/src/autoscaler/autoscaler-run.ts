import type { DecisionRecord, ObjectEvent } from '@bellows/core';
import type { PodStatus } from '@bellows/kubelet';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import type { DeploymentController } from '../deployment/deployment-controller.ts';
import type { ScaleDecision } from '../run/scale-event-log.ts';
import { createMissingMetricWatch } from '../signals/missing-metrics.ts';
import type { SignalCollector } from '../signals/signal-collector.ts';
import type { AutoscalerView } from '../supervisor.ts';
import { createAutoscalerController, type AutoscalerController } from './autoscaler-controller.ts';
import { createSyncLoop, type SyncLoop } from './sync-loop.ts';

/** Options of {@link createAutoscalers}. */
export interface AutoscalersOptions {
  readonly autoscalers: readonly HorizontalPodAutoscaler[];
  readonly deployments: readonly DeploymentController[];
  /** Every pod there is. */
  readonly pods: () => readonly PodStatus[];
  readonly signals: Pick<SignalCollector, 'sourcesOf'>;
  /** Time from the end of a reconcile to the next of the same HPA, in seconds. */
  readonly syncPeriodSeconds: number;
  readonly onDecision: (record: DecisionRecord) => void;
  /** `about` is `hpa/NAME`. */
  readonly onEvent: (about: string, event: ObjectEvent) => void;
  readonly onScale: (decision: ScaleDecision, newPods: readonly PodStatus[]) => void;
}

/** All HPAs of a run, each in its own loop. */
export interface AutoscalerRun {
  /** Reconciles each at once, then every sync period. */
  start(): void;
  views(): readonly AutoscalerView[];
  /** Ends all loops. Idempotent. */
  stop(): void;
}

/** Creates the loops of some HPAs. */
export function createAutoscalers(options: AutoscalersOptions): AutoscalerRun {
  const controllers: AutoscalerController[] = options.autoscalers.map((autoscaler) =>
    createController(autoscaler, options, () => controllers),
  );
  const loops: SyncLoop[] = controllers.map((controller) =>
    createSyncLoop(
      options.syncPeriodSeconds * 1000,
      (nowMs) => {
        controller.tick(nowMs);
      },
      (error) => {
        options.onEvent(`hpa/${controller.autoscaler.metadata.name}`, failedReconcile(error));
      },
    ),
  );
  return {
    start: () => {
      for (const loop of loops) loop.start();
    },
    views: () => controllers.map((controller) => controller.view()),
    stop: () => {
      for (const loop of loops) loop.stop();
    },
  };
}

/** One HPA that cannot be reconciled neither ends the run nor stops the others. */
function failedReconcile(error: unknown): ObjectEvent {
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'Warning', reason: 'FailedReconcile', message };
}

function createController(
  autoscaler: HorizontalPodAutoscaler,
  options: AutoscalersOptions,
  peers: () => readonly AutoscalerController[],
): AutoscalerController {
  const about = `hpa/${autoscaler.metadata.name}`;
  const sources = options.signals.sourcesOf(autoscaler);
  const watch = createMissingMetricWatch(autoscaler);
  return createAutoscalerController({
    autoscaler,
    deployments: options.deployments,
    peers,
    pods: options.pods,
    sources,
    onDecision: options.onDecision,
    onEvent: (event) => {
      options.onEvent(about, event);
    },
    onObserved: (pods, nowMs) => {
      for (const event of watch.check(pods, sources, nowMs)) options.onEvent(about, event);
    },
    onScale: ({ atMs, from, to }, reason, newPods) => {
      const deployment = autoscaler.spec.scaleTargetRef.name;
      options.onScale({ decidedAtMs: atMs, deployment, from, to, reason }, newPods);
    },
  });
}
