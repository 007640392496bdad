/** Time a process has to end by itself before it is said what holds it. */
const PATIENCE_MS = 1_000;

/** Says, after a second, what keeps the process alive; nothing when it has ended by then. */
export function reportHolders(log: (message: string) => void): void {
  // An unref'd timer fires only when something else keeps the loop turning.
  setTimeout(() => {
    const holders = [...new Set(process.getActiveResourcesInfo())].join(', ');
    log(
      `drained, but the process is kept alive by: ${holders === '' ? 'something unknown' : holders}. ` +
        'End it in a closer (kit.onClose), or set exitOnSignal',
    );
  }, PATIENCE_MS).unref();
}
