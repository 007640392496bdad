/** Keeps the CPU busy for so long, in milliseconds: stands for the work a real page would cost. */
export function busyWait(ms: number): void {
  const endsAtMs = performance.now() + ms;
  while (performance.now() < endsAtMs);
}
