import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU seconds that the living threads of a process have used so far, user and system, to the nanosecond
 * (`/proc/PID/stat` counts in steps of 10 ms). Threads that have ended are not counted any more.
 *
 * @throws Error when the process is gone. Linux only.
 */
export function processCpuSeconds(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, thread) => sum + threadCpuSeconds(tasks, thread), 0);
}

/** As {@link processCpuSeconds}, of the main thread alone. */
export function mainThreadCpuSeconds(pid: number): number {
  return threadCpuSeconds(`/proc/${pid}/task`, String(pid));
}

/** The first field of schedstat: time spent on a CPU, in nanoseconds. */
function threadCpuSeconds(tasks: string, thread: string): number {
  return Number(readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
}
