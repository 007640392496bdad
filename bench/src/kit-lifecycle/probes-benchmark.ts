import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { adminCpuSeconds } from './admin-cpu.ts';
import { probe, probeFor, type ProbeResult } from './probes.ts';
import { startReplica, type ReplicaPlace } from './replica.ts';
import { REGISTERED } from './scenario.ts';

const BLOCK_MS = 5_000;
/** From the request that blocks the loop to the block itself. */
const BEFORE_BLOCK_MS = 100;
const MAX_WORST_MS = 50;

/** A contender at a place. */
interface Trial {
  readonly label: string;
  readonly name: string;
  readonly place?: ReplicaPlace;
}

/** The kit, called by the service or not. */
const OURS: readonly string[] = ['kit', ...REGISTERED];

const TRIALS: readonly Trial[] = [
  { label: 'kit', name: 'kit' },
  { label: 'kit on one core', name: 'kit', place: { core: 0 } },
  { label: 'Express under register', name: 'express-register' },
  { label: 'Fastify under register', name: 'fastify-register' },
  { label: 'lightship', name: 'lightship' },
  { label: 'terminus', name: 'terminus' },
  { label: 'graceful-server', name: 'graceful-server' },
  { label: 'under-pressure', name: 'under-pressure' },
];

/** What the probes of one trial came to. */
interface Answers {
  readonly live: ProbeResult[];
  readonly ready: ProbeResult[];
  /** Before the block: what the machine itself does to an answer. */
  readonly calm: ProbeResult[];
  /** During the block, of a bare server in a process of its own: what the machine does to an answer then. */
  readonly control: ProbeResult[];
  /** Share of a CPU that the admin thread took during the block; undefined for a peer. */
  readonly adminShare: number | undefined;
}

/** Whether probes are answered while the service's loop is blocked. */
export const probesBenchmark: Benchmark = {
  name: 'kit-probes',
  summary: 'probes answered while the main loop is blocked for 5 s, against other libraries',
  // About a minute each: every trial has a loop blocked for 5 s.
  defaults: { rounds: 2 },
  obstacle: () => undefined,
  run: measure,
};

async function measure({ rounds }: BenchSettings): Promise<BenchRow[]> {
  const answers = new Map<string, Answers[]>(TRIALS.map(({ label }) => [label, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const trial of TRIALS) {
      const result = await block(trial);
      answers.get(trial.label)?.push(result);
      process.stderr.write(`${round + 1}/${rounds} ${trial.label}: ${words([result])}\n`);
    }
  }
  const of = (label: string): Answers[] => answers.get(label) ?? [];
  const peers = TRIALS.filter(({ name }) => !OURS.includes(name));
  return [
    ...peers.map(({ label }) => peerRow(label, of('kit'), of(label))),
    ...TRIALS.filter(({ name }) => OURS.includes(name)).flatMap(({ label }) =>
      goalRows(label, of(label)),
    ),
  ];
}

async function block({ name, place }: Trial): Promise<Answers> {
  const replica = await startReplica(name, 'http', place);
  const bare = await startReplica('bare', 'http', place);
  try {
    const calm = await probeFor(replica.probePort, replica.readyPath, 1_000);
    await probe(replica.port, `/block/${BLOCK_MS}`);
    await new Promise((resolve) => setTimeout(resolve, BEFORE_BLOCK_MS));
    const before = OURS.includes(name) ? await adminCpuSeconds(replica.probePort) : undefined;
    const forMs = BLOCK_MS - 2 * BEFORE_BLOCK_MS;
    const [live, ready, control] = await Promise.all([
      probeFor(replica.probePort, replica.livePath, forMs),
      probeFor(replica.probePort, replica.readyPath, forMs),
      probeFor(bare.port, '/quick', forMs),
    ]);
    const after = OURS.includes(name) ? await adminCpuSeconds(replica.probePort) : undefined;
    const adminShare =
      before === undefined || after === undefined ? undefined : (after - before) / (forMs / 1000);
    return { live, ready, calm, control, adminShare };
  } finally {
    await Promise.all([replica.kill(), bare.kill()]);
  }
}

/** Liveness must be 200; readiness may say no, but must say it. */
function answeredShare(runs: readonly Answers[]): number {
  const isAnswered = [
    ...runs.flatMap(({ live }) => live.map(({ status }) => status === 200)),
    ...runs.flatMap(({ ready }) => ready.map(({ status }) => status !== undefined)),
  ];
  return isAnswered.filter(Boolean).length / isAnswered.length;
}

function worstMs(runs: readonly Answers[]): number {
  return Math.max(...runs.flatMap(({ live, ready }) => [...live, ...ready]).map(tookMs));
}

const tookMs = (result: ProbeResult): number => result.tookMs;

function peerRow(label: string, ours: readonly Answers[], runs: readonly Answers[]): BenchRow {
  return {
    what: `probes answered within 1 s of a loop blocked for 5 s; slowest: ${label}`,
    ours: words(ours),
    peer: words(runs),
    ratio: undefined,
    goal: undefined,
    isMet: true,
  };
}

function goalRows(label: string, runs: readonly Answers[]): BenchRow[] {
  const share = answeredShare(runs);
  const worst = worstMs(runs);
  const cpu = Math.max(...runs.map(({ adminShare = 0 }) => adminShare));
  const row = { peer: undefined, ratio: undefined };
  return [
    {
      ...row,
      what: `probes answered: ${label}`,
      ours: percent(share),
      goal: '100 %',
      isMet: share === 1,
    },
    {
      ...row,
      what: `slowest answer, ms: ${label}`,
      ours: worst.toFixed(1),
      peer: `${slowestMs(runs, 'control')} of a bare server in a process of its own; ${slowestMs(runs, 'calm')} before the block`,
      goal: `< ${MAX_WORST_MS}`,
      isMet: worst < MAX_WORST_MS,
    },
    {
      ...row,
      what: `share of a CPU that the admin thread takes for 20 probes a second: ${label}`,
      ours: percent(cpu),
      goal: undefined,
      isMet: true,
    },
  ];
}

function words(runs: readonly Answers[]): string {
  return `${percent(answeredShare(runs))}; ${worstMs(runs).toFixed(0)} ms`;
}

function slowestMs(runs: readonly Answers[], field: 'calm' | 'control'): string {
  return Math.max(...runs.flatMap((run) => run[field].map(tookMs))).toFixed(1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
