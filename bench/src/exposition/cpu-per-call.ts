/** Keeps what is made from being left out as unused. */
let lastResult: unknown;

/**
 * CPU time of one call, in nanoseconds, garbage collection in other threads included.
 *
 * @param seconds - How long to measure; a tenth of it warms up first.
 */
export function cpuPerCall(call: () => unknown, seconds: number): number {
  repeat(call, seconds / 10);
  const before = process.cpuUsage();
  const count = repeat(call, seconds);
  const { user, system } = process.cpuUsage(before);
  if (lastResult === undefined) throw new Error('Expected a result to measure, got none');
  return ((user + system) * 1000) / count;
}

function repeat(call: () => unknown, seconds: number): number {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  do {
    lastResult = call();
    count += 1;
  } while (performance.now() < end);
  return count;
}
