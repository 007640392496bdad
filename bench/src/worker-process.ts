import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A Node process of a benchmark that listens on a port. */
export interface WorkerProcess {
  readonly pid: number;
  readonly port: number;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
}

/**
 * Starts a module as a process of its own. It must send its port as its first message (`process.send`) and
 * ends when the benchmark does.
 */
export async function startWorker(module: URL, ...args: string[]): Promise<WorkerProcess> {
  return startWorkerWith([], module, ...args);
}

/** As {@link startWorker}, with options of Node's own. */
export async function startWorkerWith(
  nodeOptions: readonly string[],
  module: URL,
  ...args: string[]
): Promise<WorkerProcess> {
  const child = fork(module, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...nodeOptions],
  });
  const [port] = (await Promise.race([once(child, 'message'), failure(child)])) as [number];
  return { pid: child.pid ?? 0, port, stop: () => stopProcess(child) };
}

/** Ends a process and waits for its end. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function failure(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${child.spawnfile} ended with ${String(code)} before it was ready`);
}
