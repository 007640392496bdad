import type { ConditionStatus } from '@bellows/core';
import type { HpaSpec, MetricStatus, ObservedContainer, ObservedPod } from '@bellows/hpa';
import type { KubernetesObject } from '@bellows/kubernetes';

/** A condition as the API sends it. */
export interface ApiCondition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string | null;
}

/** A HorizontalPodAutoscaler of `autoscaling/v2` as the API sends it. */
export interface ApiHpa extends KubernetesObject {
  readonly spec: HpaSpec;
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly lastScaleTime?: string | null;
    readonly observedGeneration?: number;
    readonly currentMetrics?: readonly MetricStatus[] | null;
    readonly conditions?: readonly ApiCondition[] | null;
  };
}

/** A `/scale` subresource as the API sends it. */
export interface ApiScale {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly selector?: string };
}

/** A container as the API sends it. */
interface ApiContainer {
  readonly name: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  readonly restartPolicy?: string;
}

/** A pod as the API sends it, as far as it matters to the HPA. */
export interface ApiPod extends KubernetesObject {
  readonly spec: {
    readonly containers: readonly ApiContainer[];
    readonly initContainers?: readonly ApiContainer[];
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
    readonly overhead?: Readonly<Record<string, string>>;
  };
  readonly status?: {
    readonly phase?: ObservedPod['phase'];
    readonly startTime?: string | null;
    readonly conditions?: readonly ApiCondition[];
  };
}

/** A pod as `decide` takes it. */
export function observePod({ metadata, spec, status = {} }: ApiPod): ObservedPod {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const { resources, overhead, initContainers } = spec;
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    phase: status.phase ?? 'Pending',
    ready: ready?.status ?? null,
    readyTransitionAtMs: timeMs(ready?.lastTransitionTime) ?? 0,
    startedAtMs: timeMs(status.startTime),
    containers: spec.containers.map(observeContainer),
    ...(initContainers && { initContainers: initContainers.map(observeContainer) }),
    ...(resources?.requests && { podRequests: resources.requests }),
    ...(overhead && { overhead }),
    ...(metadata.deletionTimestamp !== undefined && {
      deletedAtMs: Date.parse(metadata.deletionTimestamp),
    }),
  };
}

function observeContainer({ name, resources, restartPolicy }: ApiContainer): ObservedContainer {
  return {
    name,
    ...(resources?.requests && { requests: resources.requests }),
    ...(restartPolicy === 'Always' && { restartPolicy: 'Always' as const }),
  };
}

/** RFC 3339 text in milliseconds since the epoch; null for none. */
export function timeMs(text: string | null | undefined): number | null {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
