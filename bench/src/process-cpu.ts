import { readFileSync } from 'node:fs';

/** Ticks of `/proc/PID/stat` a second: USER_HZ, 100 on every architecture Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU seconds a process has used so far, user and system, all of its threads; steps of 10 ms.
 *
 * @throws Error when the process is gone. Linux only.
 */
export function processCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // proc(5): utime and stime are fields 14 and 15; the first one here is field 3.
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
