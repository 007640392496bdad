import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stopProcess } from '../worker-process.ts';

/** Requests that a flood sends in a second. */
export const FLOOD_PER_SECOND = 10_000;
/** Where it comes from: not from where the probes come from. */
export const FLOOD_ADDRESS = '127.0.0.2';
/** Beyond it a flood that was told to stop is ended. */
const STOP_TIMEOUT_MS = 5_000;

/** What a flood has done. */
export interface FloodReport {
  /** Requests written into a connection. */
  sent: number;
  /** Answers of status 200 that came. */
  answered: number;
  /** Connections opened. */
  connections: number;
}

/** A flood under way. */
export interface Flood {
  /** Ends it. @returns what it has done. */
  stop(): Promise<FloodReport>;
}

/** Starts a flood of a port of this machine, as a process of its own. */
export async function startFlood(port: number, paths: readonly string[]): Promise<Flood> {
  const child = fork(new URL('run-flood.js', import.meta.url), [String(port), ...paths], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const signal = AbortSignal.timeout(STOP_TIMEOUT_MS);
  await once(child, 'message', { signal });
  return {
    stop: async () => {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) });
      child.send('stop');
      try {
        const [report] = (await answer) as [FloodReport];
        return report;
      } finally {
        await stopProcess(child);
      }
    },
  };
}
