import { BellowsError } from '@bellows/core';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { median } from '../statistics.ts';
import { createDecider } from './decider.ts';
import { startGoController, type GoController } from './go-controller.ts';
import { stateSizeRows } from './state-size.ts';

const POD_COUNTS = [10, 100, 1000, 10_000];
/** Pods per HPA for which the goals hold. */
const GOAL_PODS = 10;
const GOAL_PER_SECOND = { plain: 200_000, traced: 20_000 };
/** Decisions between two looks at the clock, for ten pods; fewer for more. */
const BATCH = 200;
const MICROSECONDS_PER_SECOND = 1e6;

/** What one decision costs, by pods, with and without its trace, beside what it costs Kubernetes' own controller. */
export const hpaBenchmark: Benchmark = {
  name: 'hpa',
  summary: 'HPA decisions per second of CPU, for one metric and 10 to 10,000 pods',
  obstacle: () => undefined,
  run: async (settings) => {
    const controller = startPeer();
    try {
      const contenders = POD_COUNTS.map((podCount) => contendersFor(podCount, controller));
      // The first round only warms up.
      for (let round = -1; round < settings.rounds; round += 1) {
        for (const contender of contenders.flat()) await measureRound(contender, round, settings);
      }
      return [...contenders.flatMap(rowsOf), linearRow(contenders), ...stateSizeRows()];
    } finally {
      await controller?.stop();
    }
  },
};

/** The Go controller; undefined, and said so, where there is no Go. */
function startPeer(): GoController | undefined {
  try {
    return startGoController();
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    console.error(`Only Bellows is measured. ${error.message}\n${error.remedy ?? ''}`);
    return undefined;
  }
}

type Kind = 'plain' | 'traced' | 'calculation' | 'reconcile';

interface Contender {
  readonly kind: Kind;
  readonly podCount: number;
  readonly measure: (settings: BenchSettings) => number | Promise<number>;
  readonly perSecond: number[];
}

function contendersFor(podCount: number, controller: GoController | undefined): Contender[] {
  const ours = (kind: Kind): Contender => {
    const { decideOnce } = createDecider({ podCount, isTraced: kind === 'traced' });
    const batch = Math.ceil((BATCH * GOAL_PODS) / podCount);
    const measure = ({ seconds }: BenchSettings): number => rateOf(decideOnce, batch, seconds);
    return { kind, podCount, measure, perSecond: [] };
  };
  const peer = (kind: Kind, go: GoController): Contender => ({
    kind,
    podCount,
    measure: ({ seconds }) => go.measure({ pods: podCount, seconds, whole: kind === 'reconcile' }),
    perSecond: [],
  });
  return [
    ours('plain'),
    ours('traced'),
    ...(controller ? [peer('calculation', controller), peer('reconcile', controller)] : []),
  ];
}

async function measureRound(
  { measure, perSecond }: Contender,
  round: number,
  settings: BenchSettings,
): Promise<void> {
  const rate = await measure(settings);
  if (round >= 0) perSecond.push(rate);
}

/** Decisions per second of CPU, garbage collection in other threads included. */
function rateOf(decideOnce: () => void, batch: number, seconds: number): number {
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

function rowsOf(contenders: readonly Contender[]): BenchRow[] {
  const find = (kind: Kind): Contender | undefined => contenders.find((one) => one.kind === kind);
  const [plain, traced] = [find('plain'), find('traced')];
  if (plain === undefined || traced === undefined) return [];
  const calculation = find('calculation');
  const reconcile = find('reconcile');
  return [
    row(plain, 'without trace', calculation),
    ...(reconcile ? [row(plain, 'without trace, beside the whole reconcile', reconcile)] : []),
    row(traced, 'with trace (Go makes none)', calculation),
  ];
}

function row(ours: Contender, words: string, peer: Contender | undefined): BenchRow {
  const { podCount, kind, perSecond } = ours;
  const rate = median(perSecond);
  const goal = kind === 'traced' ? GOAL_PER_SECOND.traced : GOAL_PER_SECOND.plain;
  const hasGoal = podCount === GOAL_PODS && peer?.kind !== 'reconcile';
  return {
    what: `decisions per second, ${whole(podCount)} pods, ${words}`,
    ours: `${figure(ours)}, ${whole(1e9 / rate / podCount)} ns per pod`,
    peer: peer && figure(peer),
    ratio: peer && (rate / median(peer.perSecond)).toFixed(2),
    goal: hasGoal ? `≥ ${whole(goal)}` : undefined,
    isMet: !hasGoal || rate >= goal,
  };
}

function figure({ perSecond }: Contender): string {
  const range = `${whole(Math.min(...perSecond))}–${whole(Math.max(...perSecond))}`;
  return `${whole(median(perSecond))} (${range})`;
}

/** Ten times the pods cost ten times as much; what does not fit into caches any more costs up to twice that. */
function linearRow(contenders: readonly (readonly Contender[])[]): BenchRow {
  const nanoseconds = (podCount: number): number => {
    const plain = contenders
      .flat()
      .find((one) => one.kind === 'plain' && one.podCount === podCount);
    return 1e9 / median(plain?.perSecond ?? []) / podCount;
  };
  const ratio = nanoseconds(10_000) / nanoseconds(1000);
  return {
    what: 'cost per pod at 10,000 pods ÷ at 1,000 (1: linear)',
    ours: `${whole(nanoseconds(10_000))} ÷ ${whole(nanoseconds(1000))} ns`,
    peer: undefined,
    ratio: ratio.toFixed(2),
    goal: '≤ 2',
    isMet: ratio <= 2,
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
