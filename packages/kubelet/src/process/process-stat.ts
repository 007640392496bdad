import { readdirSync, readFileSync } from 'node:fs';

/** One living process, as `/proc/PID/stat` says it. */
export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  readonly sessionId: number;
  /** CPU time of the process, in ticks. */
  readonly ownTicks: number;
  /** CPU time of its children that have ended and been waited for, and of theirs, in ticks. */
  readonly childTicks: number;
  /** When it started, in ticks since boot; with `pid` it names one process for ever. */
  readonly startTicks: number;
}

/** Ticks in a second of `/proc/PID/stat`'s times: USER_HZ, 100 on every Linux. */
export const TICKS_PER_SECOND = 100;

/**
 * Reads the text of `/proc/PID/stat`.
 *
 * @returns Undefined for a zombie and for text of another form.
 * @see man 5 proc_pid_stat
 */
export function parseProcessStat(text: string): ProcessStat | undefined {
  // The name, in parentheses, may itself hold spaces and parentheses: count from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 22 || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const at = (field: number): number => Number(fields[field - 3]);
  const stat = {
    pid: Number.parseInt(text, 10),
    parentPid: at(4),
    sessionId: at(6),
    ownTicks: at(14) + at(15),
    childTicks: at(16) + at(17),
    startTicks: at(22),
  };
  return Object.values(stat).every(Number.isSafeInteger) ? stat : undefined;
}

/** All living processes of this machine; empty where there is no `/proc`. */
export function readProcessStats(): ProcessStat[] {
  return processIds()
    .map((pid) => parseProcessStat(readOrEmpty(`/proc/${pid}/stat`)))
    .filter((stat) => stat !== undefined);
}

/** Memory of one process, in bytes. */
export interface ProcessMemory {
  /** Pages of its own: heap and stacks. */
  readonly privateBytes: number;
  /** Pages of files and shared memory, which other processes may use as well. */
  readonly sharedBytes: number;
}

/** Reads `/proc/PID/statm`; undefined when the process is gone. */
export function readProcessMemory(pid: number): ProcessMemory | undefined {
  const [, resident, shared] = readOrEmpty(`/proc/${pid}/statm`).split(' ').map(Number);
  if (resident === undefined || shared === undefined) return undefined;
  pageBytes ??= readPageBytes();
  return {
    privateBytes: Math.max(0, resident - shared) * pageBytes,
    sharedBytes: shared * pageBytes,
  };
}

let pageBytes: number | undefined;

/** Size of a page from the auxiliary vector: pairs of words, 6 is AT_PAGESZ. 4096 where it is unreadable. */
function readPageBytes(): number {
  const words = Buffer.from(readOrEmpty('/proc/self/auxv'), 'latin1');
  for (let at = 0; at + 16 <= words.length; at += 16) {
    if (words.readBigUInt64LE(at) === 6n) return Number(words.readBigUInt64LE(at + 8));
  }
  return 4096;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((number) => number > 0);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
