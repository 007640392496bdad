import { freePort } from '@bellows/testkit';
import { mainThreadCpuSeconds, processCpuSeconds } from '../process-cpu.ts';
import { startWorker, type WorkerProcess } from '../worker-process.ts';
import { MEASURED } from './contenders.ts';
import { sendRequests } from './fixed-load.ts';
import { tie } from './tie.ts';

const SERVER_CORE = 0;
const LOAD_CORE = 1;
const PATH = '/api/items/42';
/** Until what is hot is compiled. */
const WARM_UP_REQUESTS = 10_000;
const SCRAPE_INTERVAL_MS = 1000;

/** What one server used in one measurement. */
export interface Usage {
  readonly cpuMicrosPerRequest: number;
  /** Part of that which other threads than the main one used: the admin thread, garbage collection, compilation. */
  readonly otherThreadsShare: number;
}

/** A server without metrics and the same one with, measured at the same time on the same core. */
export interface Pair {
  readonly base: Usage;
  readonly measured: Usage;
}

/** Whether other threads have a core of their own, or all share one and are scraped each second. */
export type Cores = 'two' | 'one';

/** Ties this process, which makes the load, to a core of its own. */
export function tieLoad(): void {
  tie(process.pid, LOAD_CORE, 'all');
}

/**
 * Measures a pair in fresh processes, which are given so many requests each at the same time: the kernel shares the
 * core evenly, so that whatever else the machine does meets both.
 * @param name - In MEASURED, or a base against itself.
 */
export async function measurePair(name: string, cores: Cores, requests: number): Promise<Pair> {
  const measured = MEASURED[name];
  const start = async (contender: string): Promise<Server> => {
    const adminPort = await freePort();
    const program = new URL('run-server.js', import.meta.url);
    const worker = await startWorker(program, contender, String(adminPort));
    tie(worker.pid, SERVER_CORE, cores === 'one' ? 'all' : 'main');
    const isAdmin = MEASURED[contender]?.scrapedAt === 'admin';
    return { worker, metricsPort: isAdmin ? adminPort : worker.port };
  };
  const servers = await Promise.all([start(measured?.base ?? name), start(name)]);
  const scrapes = cores === 'one' ? scrapeEach(servers) : undefined;
  try {
    await Promise.all(
      servers.map(({ worker }) => sendRequests(worker.port, PATH, WARM_UP_REQUESTS)),
    );
    const [base, other] = await Promise.all(servers.map(({ worker }) => use(worker, requests)));
    if (base === undefined || other === undefined) throw new Error('a measurement is missing');
    return { base, measured: other };
  } finally {
    clearInterval(scrapes);
    await Promise.all(servers.map(({ worker }) => worker.stop()));
  }
}

interface Server {
  readonly worker: WorkerProcess;
  readonly metricsPort: number;
}

async function use({ pid, port }: WorkerProcess, requests: number): Promise<Usage> {
  const before = [processCpuSeconds(pid), mainThreadCpuSeconds(pid)] as const;
  await sendRequests(port, PATH, requests);
  const all = processCpuSeconds(pid) - before[0];
  const main = mainThreadCpuSeconds(pid) - before[1];
  return { cpuMicrosPerRequest: (all / requests) * 1e6, otherThreadsShare: (all - main) / all };
}

function scrapeEach(servers: readonly Server[]): NodeJS.Timeout {
  return setInterval(() => {
    for (const { metricsPort } of servers) {
      fetch(`http://127.0.0.1:${metricsPort}/metrics`)
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
    }
  }, SCRAPE_INTERVAL_MS);
}
