import { readText } from '../read-text.ts';
import { performance } from 'node:perf_hooks';

/** Linux' account of the calling thread; its first field is the time it has run, in nanoseconds. */
const SCHEDSTAT = '/proc/thread-self/schedstat';

/**
 * CPU time that the calling thread has used, in seconds. Where the system does not tell it (no Linux, no permission to
 * read), the time its loop was active, which is a little more.
 */
export function threadCpuSeconds(): number {
  const [ranNs] = readText(SCHEDSTAT)?.split(' ') ?? [];
  if (ranNs === undefined) return performance.eventLoopUtilization().active / 1000;
  return Number(ranNs) / 1e9;
}
