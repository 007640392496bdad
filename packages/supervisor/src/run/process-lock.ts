import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
 * taken over. Of several that take at one time, one gets it. Needs a file system with hard links.
 *
 * @throws {@link BellowsError} `ERR_SUPERVISOR_ALREADY_RUNNING` when a living process holds it,
 *   `ERR_SUPERVISOR_STATE_DIRECTORY` when it cannot be written.
 */
export function acquireProcessLock(stateDirectory: string): ProcessLock {
  const file = join(stateDirectory, FILE);
  // Written in full under a name of its own, then linked: nobody ever reads half a file.
  const own = `${file}.${randomUUID()}`;
  try {
    mkdirSync(stateDirectory, { recursive: true });
    const holder: Holder = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
    writeFileSync(own, JSON.stringify(holder));
    take(file, own, stateDirectory);
  } catch (error) {
    if (BellowsError.is(error)) throw error;
    throw new BellowsError(
      'ERR_SUPERVISOR_STATE_DIRECTORY',
      `${stateDirectory} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error, remedy: 'Make the folder writable and free some space on its disk.' },
    );
  } finally {
    removeQuietly(own);
  }
  let held = true;
  return {
    release: () => {
      if (held) rmSync(file, { force: true });
      held = false;
    },
  };
}

/** Id of the living process that holds a state directory; undefined when none does. */
export function runningSupervisorPid(stateDirectory: string): number | undefined {
  const text = readText(join(stateDirectory, FILE));
  const holder = text === undefined ? undefined : parseHolder(text);
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined;
}

/**
 * Makes `file` a link to `own`, in place of what a dead process left there.
 *
 * Only who holds the turn, a lock whose name tells what is left, may replace that: a second taker that
 * looked before the first one's takeover and comes after it finds another file there and gives up.
 */
function take(file: string, own: string, stateDirectory: string): void {
  while (!tryLink(own, file)) {
    const left = readText(file);
    // Given free just now.
    if (left === undefined) continue;
    const holder = parseHolder(left);
    if (holder !== undefined && isAlive(holder)) throw alreadyRunning(stateDirectory, holder.pid);
    const turn = `${file}.${createHash('sha256').update(left).digest('hex').slice(0, 16)}`;
    take(turn, own, stateDirectory);
    if (readText(file) === left) {
      renameSync(turn, file);
      return;
    }
    rmSync(turn, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is no such file. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for a text that no supervisor wrote: nobody holds it. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, startTime } = JSON.parse(text) as Partial<Holder>;
    return Number.isSafeInteger(pid) && Number(pid) > 0
      ? { pid: Number(pid), startTime: String(startTime) }
      : undefined;
  } catch {
    return undefined;
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is not usable, which is told already; a file left over holds nothing.
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

function alreadyRunning(stateDirectory: string, pid: number): BellowsError {
  return new BellowsError(
    'ERR_SUPERVISOR_ALREADY_RUNNING',
    `${stateDirectory} is in use by process ${pid}: one supervisor runs per folder`,
    { remedy: 'Stop the other one, or start in another folder.' },
  );
}
