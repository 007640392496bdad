import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ControlPlaneInfo } from '../kube/control-plane.ts';
import { commandInNamespace } from '../kube/network-namespace.ts';

/** Both from `src` and from `dist`, since a process needs what is built. */
const PROGRAM = fileURLToPath(new URL('../../dist/simulated/pages-program.js', import.meta.url));

/** Where simulated pods tell their numbers. */
export const SIMULATED_PORT = 9400;

/** The pages of simulated pods. */
export interface SimulatedPages {
  /** What each pod counts from now on, in requests a second. */
  setRate(perSecond: number): void;
  /** Ends the process. */
  stop(): Promise<void>;
}

/** Starts one process that answers at every address of simulated pods; each counts `http_requests_total` at the same rate. */
export async function startSimulatedPages(
  info: ControlPlaneInfo,
  perSecond: number,
): Promise<SimulatedPages> {
  const command = [process.execPath, PROGRAM, String(perSecond)];
  const [program, ...args] = commandInNamespace(info.namespacePid, command);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error('the pages of simulated pods ended before they were ready');
    }),
  ]);
  return {
    setRate(rate) {
      child.stdin.write(`${rate}\n`);
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
