import { availableParallelism } from 'node:os';
import type { BenchRow, Benchmark } from '../benchmark.ts';
import { median } from '../statistics.ts';
import { BASES, MEASURED } from './contenders.ts';
import { measurePair, tieLoad, type Cores, type Pair } from './measure-pair.ts';
import { tieObstacle } from './tie.ts';

/** Most CPU that metrics may add to a request of bare node:http, in percent. */
const GOAL_PERCENT = 8;
/** The same, in parts of what prom-client adds by hand. */
const GOAL_SHARE_OF_PEER = 0.5;
const PEER = 'prom-client, by hand';
/** The contender that the goal is about: what the kit counts by itself. */
const OUR_NAME = 'kit';
/** The same code as the peer's, with another import: what a listener and two clock readings cost is in both. */
const BY_HAND = 'kit, by hand';
/** Each of its pairs is measured in every round; the first one is the noise: a server against itself. */
const DECIDING: readonly string[] = ['node:http', OUR_NAME, BY_HAND, PEER];
const ON_ONE_CORE: readonly string[] = [OUR_NAME, BY_HAND, PEER];
/** The other libraries add several times as much: it does not take many rounds to see that. */
const MAX_PEER_ROUNDS = 2;
/** Of each server, in a measurement of one second: about what one of bare node:http answers on half a core. */
const REQUESTS_PER_SECOND = 15_000;

/** CPU that counting and timing requests costs, over the same server without, beside those who do the same. */
export const kitMetricsBenchmark: Benchmark = {
  name: 'kit-metrics',
  summary: 'CPU per request added by metrics, paired, beside prom-client and libraries',
  obstacle: () => {
    if (process.platform !== 'linux') return 'reads CPU times from /proc: run it on Linux';
    if (availableParallelism() < 2) return 'needs a core for the servers and one for the load';
    return tieObstacle();
  },
  run: async ({ rounds, seconds }) => {
    tieLoad();
    const requests = seconds * REQUESTS_PER_SECOND;
    const peers = [...Object.keys(BASES), ...Object.keys(MEASURED)].filter(
      (name) => !DECIDING.includes(name),
    );
    const fewRounds = Math.min(rounds, MAX_PEER_ROUNDS);
    const two = await measureAll(DECIDING, 'two', { rounds, requests });
    const others = await measureAll(peers, 'two', { rounds: fewRounds, requests });
    const one = await measureAll(ON_ONE_CORE, 'one', { rounds: fewRounds, requests });
    return [
      ...rowsOf(two, ''),
      ...rowsOf(others, ''),
      ...rowsOf(one, ', all on one core, scraped each second'),
    ];
  },
};

interface Size {
  readonly rounds: number;
  /** That each server of a pair answers in a round. */
  readonly requests: number;
}

async function measureAll(
  names: readonly string[],
  cores: Cores,
  { rounds, requests }: Size,
): Promise<Map<string, Pair[]>> {
  const pairs = new Map<string, Pair[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      pairs.get(name)?.push(await measurePair(name, cores, requests));
    }
  }
  return pairs;
}

function rowsOf(measured: ReadonlyMap<string, readonly Pair[]>, where: string): BenchRow[] {
  const peerPercent = median((measured.get(PEER) ?? []).map(addedPercent));
  return [...measured].map(([name, pairs]): BenchRow => {
    const added = pairs.map(addedPercent);
    const middle = median(added);
    const range = `${Math.min(...added).toFixed(1)} to ${Math.max(...added).toFixed(1)}`;
    const base = median(pairs.map((pair) => pair.base.cpuMicrosPerRequest));
    const others = median(pairs.map((pair) => pair.measured.otherThreadsShare)) * 100;
    const isOurs = name === OUR_NAME;
    const isMet = middle <= GOAL_PERCENT && middle <= peerPercent * GOAL_SHARE_OF_PEER;
    const against = MEASURED[name] === undefined ? `${name} against itself` : name;
    return {
      what: `CPU per request added, ${against}${where}, % of the server without`,
      ours: `${middle.toFixed(1)} (${range}); other threads ${others.toFixed(0)} % of its CPU`,
      peer: `${base.toFixed(1)} µs without`,
      ratio: isOurs || name === BY_HAND ? (middle / peerPercent).toFixed(2) : undefined,
      goal: isOurs ? `≤ ${GOAL_PERCENT} %, ≤ ${GOAL_SHARE_OF_PEER} of ${PEER}` : undefined,
      isMet: !isOurs || isMet,
    };
  });
}

function addedPercent({ base, measured }: Pair): number {
  return (measured.cpuMicrosPerRequest / base.cpuMicrosPerRequest - 1) * 100;
}
