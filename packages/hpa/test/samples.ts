import {
  createHpaState,
  defaultHpaSpec,
  type Autoscaler,
  type Decision,
  type DecisionTrace,
  type HpaObservation,
  type HpaSpec,
  type HpaState,
  type MetricReading,
  type ObservedPod,
  type Recommendation,
} from '@bellows/hpa';

/** Time of the samples' decisions. */
export const NOW_MS = 1_700_000_000_000;

/** A pod that has been ready for an hour. */
export function readyPod(name: string, changes: Partial<ObservedPod> = {}): ObservedPod {
  return {
    name,
    labels: { app: 'shop' },
    phase: 'Running',
    ready: 'True',
    readyTransitionAtMs: NOW_MS - 3_590_000,
    startedAtMs: NOW_MS - 3_600_000,
    containers: [{ name: 'app', requests: { cpu: '500m', memory: '100Mi' } }],
    ...changes,
  };
}

/** `shop-0`, `shop-1`, … */
export function readyPods(count: number): ObservedPod[] {
  return Array.from({ length: count }, (_, index) => readyPod(`shop-${index}`));
}

/** An HPA on a Pods metric with a target of 10 per pod. */
export function autoscaler(
  spec: Partial<HpaSpec> = {},
  rest: Partial<Autoscaler> = {},
): Autoscaler {
  const full: HpaSpec = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    maxReplicas: 10,
    metrics: [
      {
        type: 'Pods',
        pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
    ],
    ...spec,
  };
  return { namespace: 'default', name: 'shop', spec: defaultHpaSpec(full), ...rest };
}

/** An External metric with a target of 10 per pod. */
export const QUEUE_METRIC = {
  type: 'External',
  external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '10' } },
} as const;

/** A reading with the same value for each of the pods `shop-0`, …. */
export function podsReading(count: number, value: string): MetricReading {
  const values = Array.from({ length: count }, (_, index) => ({
    pod: `shop-${index}`,
    value,
    atMs: NOW_MS - 1000,
  }));
  return { kind: 'pods', values };
}

/** `count` ready pods that all read `value`. */
export function observation(
  count: number,
  value: string,
  changes: Partial<HpaObservation> = {},
): HpaObservation {
  return {
    scale: { specReplicas: count, statusReplicas: count, selector: 'app=shop' },
    pods: readyPods(count),
    metrics: [podsReading(count, value)],
    ...changes,
  };
}

/** A state whose memory holds these recommendations, given as seconds ago and replicas. */
export function stateWith(...recommendations: readonly (readonly [number, number])[]): HpaState {
  const { status, memory } = createHpaState();
  const remembered: Recommendation[] = recommendations.map(([secondsAgo, replicas]) => ({
    atMs: NOW_MS - secondsAgo * 1000,
    replicas,
  }));
  return { status, memory: { ...memory, recommendations: remembered } };
}

/** Freezes a value and all it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}

/** A decision with its trace in the function's place, to compare it with another. */
export function traced(
  decision: Decision,
): Omit<Decision, 'trace'> & { readonly trace: DecisionTrace } {
  return { ...decision, trace: decision.trace() };
}
