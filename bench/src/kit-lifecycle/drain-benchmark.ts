import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { median } from '../statistics.ts';
import { startClients } from './clients.ts';
import { startReplica, type ReplicaEnd } from './replica.ts';
import { startRouter } from './router.ts';
import { REGISTERED, SCENARIOS, type Scenario } from './scenario.ts';

/** A replica that has not ended by then never would: SIGKILL. */
const CAP_SECONDS = 12;
/** Time under load before the signal, and after the end of the replica. */
const WARM_UP_MS = 1_500;
const AFTERWARDS_MS = 500;
/** The signal comes at a random phase of the router's period. */
const PHASE_MS = 1_000;

/** Of the kit: as many drains as rounds, and more of them while they come to too few requests, but no more than this. */
const LEAST_REQUESTS_PER_ROUND = 2_500;
const MOST_DRAINS_PER_ROUND = 2;
/** Peers run in every so many rounds: most take 5 s and more, and what they lose shows at once. */
const PEER_EVERY_ROUNDS = 5;
/** About two minutes: nearly all of it is the peers' one round. The 25,000 requests of the goal are those of `--full`. */
const DEFAULT_ROUNDS = 3;
/** Beyond it something hangs: no scale-in takes half of it. */
const SCALE_IN_TIMEOUT_MS = 60_000;

/** One scale-in, from outside. */
interface ScaleIn extends ReplicaEnd {
  readonly lost: number;
  readonly refused: number;
  /** Requests that ended after the signal. */
  readonly requests: number;
  readonly causes: ReadonlyMap<string, number>;
}

/** A benchmark for each scenario. */
export const drainBenchmarks: readonly Benchmark[] = SCENARIOS.map((scenario) => ({
  name: scenario.name,
  summary: scenario.summary,
  defaults: { rounds: DEFAULT_ROUNDS },
  obstacle: () => undefined,
  run: (settings) => compare(scenario, settings),
}));

async function compare(scenario: Scenario, { rounds }: BenchSettings): Promise<BenchRow[]> {
  const runs = new Map<string, ScaleIn[]>(scenario.contenders.map((name) => [name, []]));
  const startMs = performance.now();
  const run = async (label: string, name: string): Promise<void> => {
    const result = await withinTime(scaleIn(scenario, name), name);
    runs.get(name)?.push(result);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
    process.stderr.write(`${label}, ${seconds} s: ${name}: ${words(result)}\n`);
  };
  for (let round = 0; round < rounds; round += 1) {
    const names = round % PEER_EVERY_ROUNDS === 0 ? scenario.contenders : ['kit'];
    for (const name of shuffled(names)) await run(`${round + 1}/${rounds}`, name);
  }
  const leastRequests = LEAST_REQUESTS_PER_ROUND * rounds;
  const mostDrains = MOST_DRAINS_PER_ROUND * rounds;
  const hasTooFew = (all: readonly ScaleIn[]): boolean =>
    total(all, 'requests') < leastRequests && all.length < mostDrains;
  while (hasTooFew(runs.get('kit') ?? [])) await run('more', 'kit');
  const ours = runs.get('kit') ?? [];
  const others = [...runs].filter(([name]) => name !== 'kit');
  const peers = others.filter(([name]) => !REGISTERED.includes(name));
  return [
    ...others.map(([name, of]) => peerRow(name, ours, of)),
    ...goalRows(ours, peers, leastRequests),
  ];
}

/** A contender that hangs ends the benchmark, with its name. */
async function withinTime(work: Promise<ScaleIn>, name: string): Promise<ScaleIn> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${name} did not get through its scale-in in ${SCALE_IN_TIMEOUT_MS} ms`));
    }, SCALE_IN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

async function scaleIn(scenario: Scenario, name: string): Promise<ScaleIn> {
  const replicas = await Promise.all([
    startReplica(name, scenario.protocol),
    startReplica(name, scenario.protocol),
  ]);
  const [victim] = replicas;
  const router = startRouter(replicas);
  const clients = startClients(scenario, () => router.next());
  const { account } = clients;
  const lostSoFar = (): number => [...account.lost.values()].reduce((sum, count) => sum + count, 0);
  try {
    await pause(WARM_UP_MS + Math.random() * PHASE_MS);
    if (lostSoFar() > 0) throw new Error(`${name} lost requests before the signal`);
    const answeredBefore = account.answered;
    const end = await victim.scaleIn(CAP_SECONDS);
    await pause(AFTERWARDS_MS);
    await clients.stop();
    const lost = lostSoFar();
    const requests = account.answered - answeredBefore + lost + account.refused;
    return { ...end, lost, refused: account.refused, requests, causes: account.lost };
  } finally {
    router.stop();
    await Promise.all(replicas.map((replica) => replica.kill()));
  }
}

function peerRow(name: string, ours: readonly ScaleIn[], runs: readonly ScaleIn[]): BenchRow {
  const lost = total(runs, 'lost');
  const goals = new Map([
    ['native', { goal: 'the control loses some', isMet: lost > 0 }],
    ...REGISTERED.map((one) => [one, { goal: 'as the kit: 0 lost', isMet: lost === 0 }] as const),
  ]);
  return {
    what: `lost per scale-in, median (least–most); all; seconds; end: ${name}`,
    ours: summary(ours),
    peer: summary(runs),
    ratio: undefined,
    ...(goals.get(name) ?? { goal: undefined, isMet: true }),
  };
}

function goalRows(
  ours: readonly ScaleIn[],
  peers: readonly (readonly [string, readonly ScaleIn[]])[],
  leastRequests: number,
): BenchRow[] {
  const lost = total(ours, 'lost');
  const requests = total(ours, 'requests');
  const ourSeconds = median(ours.map(({ seconds }) => seconds));
  const all = peers.map(([name, runs]) => ({
    name,
    lost: total(runs, 'lost'),
    seconds: median(runs.map(({ seconds }) => seconds)),
  }));
  const best = all.sort((a, b) => a.lost - b.lost)[0];
  // One that cuts requests is sooner gone: only a drain that loses as little can be compared.
  const rival = all.filter((peer) => peer.lost <= lost).sort((a, b) => a.seconds - b.seconds)[0];
  return [
    {
      what: `requests lost of ${requests} in ${ours.length} drains, and refused unprocessed`,
      ours: `${lost}, ${total(ours, 'refused')}`,
      peer: best && `${best.lost} (${best.name})`,
      ratio: undefined,
      goal: `0 lost of ≥ ${leastRequests}`,
      isMet: lost === 0 && requests >= leastRequests,
    },
    {
      what: 'time to exit, s, against the quickest peer that loses no more',
      ours: ourSeconds.toFixed(2),
      peer: rival ? `${rival.seconds.toFixed(2)} (${rival.name})` : 'there is none',
      ratio: rival && (ourSeconds / rival.seconds).toFixed(2),
      goal: '≤ 1, exit 0',
      isMet:
        ours.every(({ how }) => how === 'exit 0') && ourSeconds <= (rival?.seconds ?? Infinity),
    },
  ];
}

function summary(runs: readonly ScaleIn[]): string {
  const lost = runs.map((run) => run.lost);
  const refused = total(runs, 'refused');
  const seconds = median(runs.map((run) => run.seconds)).toFixed(2);
  const ends = [...new Set(runs.map(({ how }) => how))].join(', ');
  const all = `${total(runs, 'lost')}/${total(runs, 'requests')}`;
  const apart = refused > 0 ? ` + ${refused} refused` : '';
  return `${median(lost)} (${Math.min(...lost)}–${Math.max(...lost)}); ${all}${apart}; ${seconds} s; ${ends}`;
}

function words({ lost, refused, requests, seconds, how, causes }: ScaleIn): string {
  const why = [...causes].map(([cause, count]) => `${count} × ${cause}`).join('; ');
  return `${lost} lost, ${refused} refused of ${requests}; ${seconds.toFixed(2)} s, ${how} ${why}`;
}

function total(runs: readonly ScaleIn[], field: 'lost' | 'refused' | 'requests'): number {
  return runs.reduce((sum, run) => sum + run[field], 0);
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
