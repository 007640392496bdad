import { existsSync } from 'node:fs';
import { createLoad, type LoadAccount } from '@bellows/load';
import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { median } from '../statistics.ts';
import { adminCpuSeconds } from './admin-cpu.ts';
import { FLOOD_PER_SECOND, startFlood, type Flood, type FloodReport } from './flood.ts';
import { probeFor, type ProbeResult } from './probes.ts';
import { startReplica, type Replica } from './replica.ts';

/** What the service is asked meanwhile: little enough for a machine of two cores with a flood on it. */
const REQUESTS_PER_SECOND = 300;
/** A phase takes so many times `--seconds`. */
const SECONDS_FACTOR = 3;
const LEAST_SHARE_SERVED = 0.95;

/** What is flooded: nothing, the kit's admin port, or a bare server in a process of its own beside the service. */
const PHASES = ['calm', 'admin', 'beside'] as const;
type Phase = (typeof PHASES)[number];

/** One phase. */
interface Measured {
  readonly servedPerSecond: number;
  readonly lost: number;
  readonly p99Ms: number;
  readonly probes: readonly ProbeResult[];
  /** Share of a CPU: of the admin thread or, in the phase `beside`, of the bare server's process. */
  readonly cpuShare: number;
  readonly flood: FloodReport | undefined;
  readonly seconds: number;
}

/** What 10,000 requests a second at the admin port do to the service. */
export const floodBenchmark: Benchmark = {
  name: 'kit-admin-flood',
  summary: `a service while its admin port is sent ${FLOOD_PER_SECOND} requests a second, and the CPU that takes`,
  // Some 12 s each.
  defaults: { rounds: 5 },
  obstacle: () => (existsSync('/proc/self/schedstat') ? undefined : 'needs Linux for schedstat'),
  run: measure,
};

async function measure({ rounds, seconds }: BenchSettings): Promise<BenchRow[]> {
  const all = new Map<Phase, Measured[]>(PHASES.map((phase) => [phase, []]));
  const [service, beside] = [await startReplica('kit', 'http'), await startReplica('bare', 'http')];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const phase of PHASES) {
        const measured = await runPhase(phase, service, beside, seconds * SECONDS_FACTOR);
        all.get(phase)?.push(measured);
        process.stderr.write(`${round + 1}/${rounds} ${phase}: ${words(measured)}\n`);
      }
    }
  } finally {
    await Promise.all([service.kill(), beside.kill()]);
  }
  return rows((phase) => all.get(phase) ?? []);
}

async function runPhase(
  phase: Phase,
  service: Replica,
  beside: Replica,
  seconds: number,
): Promise<Measured> {
  const flood = await floodOf(phase, service, beside);
  try {
    const startMs = performance.now();
    const cpuBefore = await cpuSeconds(phase, service, beside);
    const load = createLoad({
      target: `http://127.0.0.1:${service.port}`,
      profile: {
        points: [{ atSeconds: 0, requestsPerSecond: REQUESTS_PER_SECOND }],
        requests: [{ weight: 1, method: 'GET', path: '/quick' }],
      },
      durationSeconds: seconds,
      requestsPerConnection: 100,
    });
    load.start();
    const probes = await probeFor(service.probePort, service.readyPath, seconds * 1000);
    const cpu = (await cpuSeconds(phase, service, beside)) - cpuBefore;
    const tookSeconds = (performance.now() - startMs) / 1000;
    const account = await load.done;
    return {
      ...ofAccount(account, seconds),
      probes,
      cpuShare: cpu / tookSeconds,
      flood: await flood?.stop(),
      seconds: tookSeconds,
    };
  } catch (error) {
    await flood?.stop().catch(() => undefined);
    throw error;
  }
}

async function floodOf(
  phase: Phase,
  service: Replica,
  beside: Replica,
): Promise<Flood | undefined> {
  if (phase === 'admin') return startFlood(service.probePort, ['/readyz', '/metrics']);
  return phase === 'beside' ? startFlood(beside.port, ['/quick']) : undefined;
}

async function cpuSeconds(phase: Phase, service: Replica, beside: Replica): Promise<number> {
  if (phase === 'beside') return processCpuSeconds(beside.pid);
  return (await adminCpuSeconds(service.probePort)) ?? NaN;
}

function ofAccount(
  { answered, lost, latencySeconds }: LoadAccount,
  seconds: number,
): Pick<Measured, 'servedPerSecond' | 'lost' | 'p99Ms'> {
  return {
    servedPerSecond: answered / seconds,
    lost,
    p99Ms: (latencySeconds?.p99 ?? NaN) * 1000,
  };
}

function rows(of: (phase: Phase) => readonly Measured[]): BenchRow[] {
  const middle = (phase: Phase, field: 'servedPerSecond' | 'p99Ms' | 'cpuShare'): number =>
    median(of(phase).map((measured) => measured[field]));
  const lost = of('admin').reduce((sum, measured) => sum + measured.lost, 0);
  const share = middle('admin', 'servedPerSecond') / middle('calm', 'servedPerSecond');
  const beside = (phase: Phase): string => middle(phase, 'p99Ms').toFixed(1);
  const probes = of('admin').flatMap((measured) => measured.probes);
  const answered = probes.filter(({ status }) => status !== undefined).length / probes.length;
  const info = { goal: undefined, isMet: true };
  return [
    {
      what: `requests served a second of ${REQUESTS_PER_SECOND}, admin port flooded; lost`,
      ours: `${middle('admin', 'servedPerSecond').toFixed(0)}; ${lost}`,
      peer: `${middle('calm', 'servedPerSecond').toFixed(0)} in calm`,
      ratio: share.toFixed(2),
      goal: `≥ ${LEAST_SHARE_SERVED}, 0 lost`,
      isMet: share >= LEAST_SHARE_SERVED && lost === 0,
    },
    {
      ...info,
      what: 'their p99, ms, against the same flood at another process',
      ours: beside('admin'),
      peer: `${beside('beside')}; ${beside('calm')} in calm`,
      ratio: (middle('admin', 'p99Ms') / middle('beside', 'p99Ms')).toFixed(2),
    },
    {
      ...info,
      what: 'share of a CPU that the admin thread takes, against a bare server under the same flood',
      ours: percent(middle('admin', 'cpuShare')),
      peer: `${percent(middle('beside', 'cpuShare'))}; ${percent(middle('calm', 'cpuShare'))} in calm`,
      ratio: (middle('admin', 'cpuShare') / middle('beside', 'cpuShare')).toFixed(2),
    },
    {
      what: 'probes of another address answered meanwhile; slowest, ms',
      ours: `${percent(answered)}; ${slowest(of('admin')).toFixed(0)}`,
      peer: `${slowest(of('calm')).toFixed(0)} in calm`,
      ratio: undefined,
      goal: '100 %',
      isMet: answered === 1,
    },
    {
      ...info,
      what: 'the flood, a second: sent; answered; connections',
      ours: floodWords(of('admin')),
      peer: floodWords(of('beside')),
      ratio: undefined,
    },
  ];
}

function floodWords(measured: readonly Measured[]): string {
  const perSecond = (field: keyof FloodReport): string =>
    median(measured.map(({ flood, seconds }) => (flood?.[field] ?? NaN) / seconds)).toFixed(0);
  return `${perSecond('sent')}; ${perSecond('answered')}; ${perSecond('connections')}`;
}

function words(measured: Measured): string {
  const { servedPerSecond, lost, p99Ms, cpuShare, flood } = measured;
  const ofFlood = flood === undefined ? '' : `; flood ${floodWords([measured])}`;
  return `${servedPerSecond.toFixed(0)} requests/s, ${lost} lost, p99 ${p99Ms.toFixed(1)} ms, CPU ${percent(cpuShare)}${ofFlood}`;
}

function slowest(measured: readonly Measured[]): number {
  return Math.max(...measured.flatMap(({ probes }) => probes.map(({ tookMs }) => tookMs)));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
