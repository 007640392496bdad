import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ReplicaAddress } from './contenders.ts';
import type { Protocol } from './scenario.ts';

const MODULE = new URL('run-replica.js', import.meta.url);

/** A replica of the service that runs. */
export interface Replica extends ReplicaAddress {
  readonly pid: number;
  /** Asks it to end, as a kubelet would, and ends it after the cap. @returns how that went. */
  scaleIn(capSeconds: number): Promise<ReplicaEnd>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** How a replica has ended. */
export interface ReplicaEnd {
  readonly seconds: number;
  /** Exit code, or the signal that ended it. */
  readonly how: string;
}

/** Where and with what a replica runs. */
export interface ReplicaPlace {
  /** Path of another Node. @defaultValue this one */
  readonly node?: string;
  /** The one core it may use. @defaultValue all */
  readonly core?: number;
}

/** Starts a contender; resolves when it serves. */
export async function startReplica(
  name: string,
  protocol: Protocol,
  { node = process.execPath, core }: ReplicaPlace = {},
): Promise<Replica> {
  const child = forkAt(core, node, [name, protocol]);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${String(code)} before it was ready`);
  });
  const [address] = (await Promise.race([once(child, 'message'), failed])) as [ReplicaAddress];
  failed.catch(() => undefined);
  child.disconnect();
  return {
    ...address,
    pid: child.pid ?? 0,
    scaleIn: (capSeconds) => scaleIn(child, capSeconds),
    kill: async () => {
      if (hasEnded(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function forkAt(core: number | undefined, node: string, args: readonly string[]): ChildProcess {
  const stdio: ['ignore', 'ignore', 'inherit', 'ipc'] = ['ignore', 'ignore', 'inherit', 'ipc'];
  if (core === undefined) return fork(MODULE, args, { stdio, execPath: node, execArgv: [] });
  return fork('-c', [String(core), node, MODULE.pathname, ...args], {
    stdio,
    execPath: 'taskset',
    execArgv: [],
  });
}

async function scaleIn(child: ChildProcess, capSeconds: number): Promise<ReplicaEnd> {
  const startMs = performance.now();
  // Its end would never come: it has come.
  if (hasEnded(child)) throw new Error('A replica ended before it was told to');
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), capSeconds * 1000);
  const [code, signal] = await exited;
  clearTimeout(timer);
  return { seconds: (performance.now() - startMs) / 1000, how: signal ?? `exit ${String(code)}` };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
