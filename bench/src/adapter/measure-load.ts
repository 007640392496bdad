import { Agent } from 'node:https';
import { quantile } from '../statistics.ts';
import { ask } from './servers.ts';

/** How a server does with requests that come one after the other on each of some connections. */
export interface Load {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with a value. */
  readonly perSecond: number;
  /** What became of the others, and how often. */
  readonly failures: ReadonlyMap<string, number>;
}

/** How it is measured. */
export interface LoadOptions {
  /** Requests at a time. */
  readonly concurrency: number;
  readonly forMs: number;
}

/** Asks again and again for a path. Times are those of answers with a value; no request begins after the time is over. */
export async function measureLoad(
  url: string,
  token: string,
  { concurrency, forMs }: LoadOptions,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  const failures = new Map<string, number>();
  // Connections, tokens and compiled code are the same for both by then.
  await ask(url, token, agent).catch(() => 0);
  const beganMs = performance.now();
  const worker = async (): Promise<void> => {
    do {
      const sentMs = performance.now();
      const outcome = await ask(url, token, agent).catch(reasonOf);
      if (outcome === 200) times.push(performance.now() - sentMs);
      else failures.set(String(outcome), (failures.get(String(outcome)) ?? 0) + 1);
    } while (performance.now() - beganMs < forMs);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  const perSecond = (times.length / (performance.now() - beganMs)) * 1000;
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), perSecond, failures };
}

/** Such as `ECONNRESET`: the server closed while it answered. */
function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
