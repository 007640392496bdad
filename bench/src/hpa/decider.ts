import {
  createHpaState,
  decide,
  defaultHpaSpec,
  type Autoscaler,
  type HpaObservation,
  type HpaState,
  type ScalingRules,
} from '@bellows/hpa';

const START_MS = 1_700_000_000_000;
const SYNC_PERIOD_MS = 15_000;
/** Of these two ask for more pods, one for as many, and one is within tolerance. */
const VALUES = [9, 11, 10, 13];

/** An HPA that decides tick after tick, each on other values. */
export interface Decider {
  /** Decides the next tick. */
  readonly decideOnce: () => void;
  /** What is kept for the next tick. */
  readonly state: () => HpaState;
}

/** How a {@link Decider} decides. */
export interface DeciderOptions {
  readonly podCount: number;
  /** Reads the trace of each decision, which is made only then. */
  readonly isTraced: boolean;
  /** Stabilization windows and periods of policies as long as the API server lets through, instead of the defaults. */
  readonly isLongest?: boolean;
}

/** Makes an HPA with one Pods metric; the Go controller's in `conformance/oracle/bench_test.go` is the same. */
export function createDecider({ podCount, isTraced, isLongest = false }: DeciderOptions): Decider {
  const autoscaler = createAutoscaler(podCount * 2, isLongest);
  const observations = VALUES.map((value) => observe(podCount, value));
  let state = createHpaState();
  let tick = 0;
  return {
    decideOnce: () => {
      tick += 1;
      const observation = observations[tick % observations.length];
      if (observation === undefined) return;
      const nowMs = START_MS + tick * SYNC_PERIOD_MS;
      const decision = decide(autoscaler, observation, state, nowMs);
      if (isTraced && decision.trace().metrics.length !== 1)
        throw new Error('a metric has no trace');
      ({ state } = decision);
    },
    state: () => state,
  };
}

function createAutoscaler(maxReplicas: number, isLongest: boolean): Autoscaler {
  const metric = { name: 'rps' };
  const longest: ScalingRules = {
    stabilizationWindowSeconds: 3600,
    policies: [{ type: 'Percent', value: 100, periodSeconds: 1800 }],
  };
  const spec = defaultHpaSpec({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    maxReplicas,
    metrics: [
      { type: 'Pods', pods: { metric, target: { type: 'AverageValue', averageValue: '10' } } },
    ],
    behavior: isLongest
      ? { scaleUp: { ...longest, stabilizationWindowSeconds: 0 }, scaleDown: longest }
      : {},
  });
  return { namespace: 'default', name: 'shop', spec };
}

function observe(podCount: number, value: number): HpaObservation {
  const names = Array.from({ length: podCount }, (_, index) => `shop-5d8f7c9b4-${index}`);
  return {
    scale: { specReplicas: podCount, statusReplicas: podCount, selector: 'app=shop' },
    pods: names.map((name) => ({
      name,
      labels: { app: 'shop' },
      phase: 'Running',
      ready: 'True',
      readyTransitionAtMs: START_MS - 50_000,
      startedAtMs: START_MS - 60_000,
      containers: [{ name: 'app', requests: { cpu: '500m' } }],
    })),
    metrics: [
      {
        kind: 'pods',
        values: names.map((pod, index) => ({
          pod,
          value: String(value + (index % 3)),
          atMs: START_MS,
        })),
      },
    ],
  };
}
