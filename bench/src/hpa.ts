import {
  createHpaState,
  decide,
  defaultHpaSpec,
  type Autoscaler,
  type HpaObservation,
} from '@bellows/hpa';
import type { BenchRow, Benchmark, BenchSettings } from './benchmark.ts';
import { median } from './statistics.ts';

const POD_COUNTS = [10, 100, 1000, 10_000];
/** Pods per HPA for which the goals hold. */
const GOAL_PODS = 10;
const GOAL_PER_SECOND = { plain: 200_000, traced: 20_000 };
const START_MS = 1_700_000_000_000;
const SYNC_PERIOD_MS = 15_000;
/** Decisions between two looks at the clock, for ten pods; fewer for more. */
const BATCH = 200;
const MICROSECONDS_PER_SECOND = 1e6;

/** What one decision costs, by pods, with and without its trace. */
export const hpaBenchmark: Benchmark = {
  name: 'hpa',
  summary: 'HPA decisions per second of CPU, for one metric and 10 to 10,000 pods',
  obstacle: () => undefined,
  run: (settings) => Promise.resolve(measure(settings)),
};

function measure({ rounds, seconds }: BenchSettings): BenchRow[] {
  const contenders = POD_COUNTS.flatMap((podCount) =>
    [false, true].map((isTraced) => ({
      podCount,
      isTraced,
      decideOnce: createDecider(podCount, isTraced),
      perSecond: [] as number[],
    })),
  );
  // The first round only warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const { podCount, decideOnce, perSecond } of contenders) {
      const rate = measureRate(decideOnce, Math.ceil((BATCH * GOAL_PODS) / podCount), seconds);
      if (round >= 0) perSecond.push(rate);
    }
  }
  return contenders.map(row);
}

function row(contender: {
  readonly podCount: number;
  readonly isTraced: boolean;
  readonly perSecond: readonly number[];
}): BenchRow {
  const { podCount, isTraced, perSecond } = contender;
  const middle = median(perSecond);
  const goal = isTraced ? GOAL_PER_SECOND.traced : GOAL_PER_SECOND.plain;
  const hasGoal = podCount === GOAL_PODS;
  const range = `${whole(Math.min(...perSecond))}–${whole(Math.max(...perSecond))}`;
  const nanosecondsPerPod = 1e9 / middle / podCount;
  return {
    what: `decisions per second, ${whole(podCount)} pods, ${isTraced ? 'with' : 'without'} trace`,
    ours: `${whole(middle)} (${range}), ${whole(nanosecondsPerPod)} ns per pod`,
    peer: undefined,
    ratio: undefined,
    goal: hasGoal ? `≥ ${whole(goal)}` : undefined,
    isMet: !hasGoal || middle >= goal,
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Decisions per second of CPU, garbage collection in other threads included. */
function measureRate(decideOnce: () => void, batch: number, seconds: number): number {
  const before = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  let count = 0;
  do {
    for (let index = 0; index < batch; index += 1) decideOnce();
    count += batch;
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(before);
  return (count / (user + system)) * MICROSECONDS_PER_SECOND;
}

/** Decides tick after tick, each on other values: some ask for more pods, some for fewer, some for as many. */
function createDecider(podCount: number, isTraced: boolean): () => void {
  const autoscaler = createAutoscaler(podCount * 2);
  const observations = [9, 11, 10, 13].map((value) => observe(podCount, value));
  let state = createHpaState();
  let tick = 0;
  return () => {
    tick += 1;
    const observation = observations[tick % observations.length];
    if (observation === undefined) return;
    const nowMs = START_MS + tick * SYNC_PERIOD_MS;
    const decision = decide(autoscaler, observation, state, nowMs);
    if (isTraced && decision.trace.metrics.length !== 1) throw new Error('a metric has no trace');
    ({ state } = decision);
  };
}

function createAutoscaler(maxReplicas: number): Autoscaler {
  const metric = { name: 'rps' };
  const spec = defaultHpaSpec({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    maxReplicas,
    metrics: [
      { type: 'Pods', pods: { metric, target: { type: 'AverageValue', averageValue: '10' } } },
    ],
    behavior: {},
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
