/**
 * Computes for a number of steps: work whose amount does not change with what else the machine does, as a span of
 * time would.
 */
export function spin(steps: number): number {
  let state = 1;
  for (let step = 0; step < steps; step += 1) state = (Math.imul(state, 1_664_525) + 1) | 0;
  return state;
}

/** How many steps take `ms` of CPU here: the least of several tries, since other work only ever adds to one. */
export function stepsFor(ms: number): number {
  const steps = 1_000_000;
  let leastMs = Infinity;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { user, system } = process.cpuUsage();
    spin(steps);
    const spent = process.cpuUsage({ user, system });
    leastMs = Math.min(leastMs, (spent.user + spent.system) / 1000);
  }
  return Math.round((steps * ms) / leastMs);
}
