import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';

/** Says that a state directory is in use by this process. */
export interface ProcessLock {
  /** Gives the directory free. Idempotent. */
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** Tells this process from a later one with the same pid; empty where the system does not tell. */
  readonly startTime: string;
}

const FILE = 'supervisor.json';

/**
 * Takes a state directory for this process, creating it when absent. What a dead process left is
 * taken over.
 *
 * @throws {@link BellowsError} `ERR_SUPERVISOR_ALREADY_RUNNING` when a living process holds it, or it
 *   cannot be written.
 */
export function acquireProcessLock(stateDirectory: string): ProcessLock {
  const file = join(stateDirectory, FILE);
  try {
    mkdirSync(stateDirectory, { recursive: true });
    if (!tryCreate(file)) {
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder)) throw alreadyRunning(stateDirectory, holder.pid);
      rmSync(file, { force: true });
      if (!tryCreate(file)) throw alreadyRunning(stateDirectory, undefined);
    }
  } catch (error) {
    if (BellowsError.is(error)) throw error;
    throw new BellowsError(
      'ERR_SUPERVISOR_STATE_DIRECTORY',
      `${stateDirectory} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error, remedy: 'Make the folder writable and free some space on its disk.' },
    );
  }
  let held = true;
  return {
    release: () => {
      if (held) rmSync(file, { force: true });
      held = false;
    },
  };
}

function tryCreate(file: string): boolean {
  const holder: Holder = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, startTime } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return Number.isSafeInteger(pid) && Number(pid) > 0
      ? { pid: Number(pid), startTime: String(startTime) }
      : undefined;
  } catch {
    // Cut short by a full disk, or gone: nobody holds it.
    return undefined;
  }
}

function isAlive({ pid, startTime }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startTimeOf(pid);
  return now === undefined || startTime === '' || now === startTime;
}

/** Field 22 of `/proc/PID/stat`: ticks from boot to the process's start. Undefined off Linux. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function alreadyRunning(stateDirectory: string, pid: number | undefined): BellowsError {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new BellowsError(
    'ERR_SUPERVISOR_ALREADY_RUNNING',
    `${stateDirectory} is in use by ${who}: one supervisor runs per folder`,
    { remedy: 'Stop the other one, or start in another folder.' },
  );
}
