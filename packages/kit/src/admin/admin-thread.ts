import { Worker } from 'node:worker_threads';
import type { Journal } from '../instruments/journal.ts';
import type { CheckBoard } from '../memory/check-board.ts';
import type { ControlBlock } from '../memory/control-block.ts';
import type { AdminConfig, AdminWorkerData, AdminWorkerReport } from './admin-config.ts';

/** Bounds of the thread's own heap: far above its need, far below what would hurt the service. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** What the admin server is made from, in whatever thread it runs. */
export interface AdminParts {
  readonly config: AdminConfig;
  readonly control: ControlBlock;
  readonly checks: CheckBoard;
  readonly journal: Journal;
  /** Called on the main thread when somebody has asked for the drain at `/drain`. */
  readonly onDrain: () => void;
  /** Called on the main thread with the process id of a child whose loop is stuck. */
  readonly onStuck?: (pid: number) => void;
}

/** A thread that serves probes and metrics. */
export interface AdminThread {
  readonly port: number;
  /** Resolves with the reason when the thread has ended, however that came. */
  readonly ended: Promise<string>;
  terminate(): Promise<void>;
}

/**
 * Starts the admin thread; resolves when it listens.
 *
 * The thread gets no execArgv and an empty environment: `--import` and `NODE_OPTIONS` of the service, such as an
 * APM agent, would else be loaded a second time. It keeps no process alive.
 *
 * @param source - CommonJS text of the thread's program.
 * @param stopping - Ends a thread that is still starting.
 * @throws AdminThreadFailure, as rejection, when it cannot listen or ends before.
 */
export async function startAdminThread(
  source: string,
  parts: AdminParts,
  stopping: AbortSignal,
): Promise<AdminThread> {
  const { config, control, checks, journal } = parts;
  const workerData: AdminWorkerData = {
    config,
    control: control.buffer,
    checks: checks.buffer,
    journal: [...journal.entries],
  };
  const worker = createWorker(source, workerData);
  const unfollow = journal.follow((entry) => {
    worker.postMessage(entry);
  });
  const ended = endOf(worker).finally(unfollow);
  const report = new Promise<AdminWorkerReport>((resolve) => worker.once('message', resolve));
  const end = (): void => void worker.terminate();
  stopping.addEventListener('abort', end, { once: true });
  const first = await Promise.race([report, ended]);
  stopping.removeEventListener('abort', end);
  if (typeof first === 'string') throw new AdminThreadFailure(first);
  if (first.kind !== 'listening') {
    await worker.terminate();
    throw first.kind === 'failed'
      ? new AdminThreadFailure(first.message, first.code)
      : new AdminThreadFailure('it spoke before it listened');
  }
  worker.on('message', (report: AdminWorkerReport) => {
    if (report.kind === 'drain') parts.onDrain();
    else if (report.kind === 'stuck') parts.onStuck?.(report.pid);
  });
  worker.unref();
  return {
    port: first.port,
    ended,
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/** Why the admin thread does not serve. */
export class AdminThreadFailure extends Error {
  /** Node's error code, where there is one. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

function createWorker(source: string, workerData: AdminWorkerData): Worker {
  try {
    return new Worker(source, {
      eval: true,
      name: 'bellows-admin',
      workerData,
      execArgv: [],
      env: {},
      resourceLimits: RESOURCE_LIMITS,
    });
  } catch (error) {
    // Under --permission without --allow-worker, for one.
    const { message, code } = error as NodeJS.ErrnoException;
    throw new AdminThreadFailure(message, code);
  }
}

function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    let reason: string | undefined;
    worker.once('error', (error) => {
      reason = error.message;
    });
    worker.once('exit', (exitCode) => {
      resolve(reason ?? `it ended with exit code ${exitCode}`);
    });
  });
}
