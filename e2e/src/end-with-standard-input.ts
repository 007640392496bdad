/** Ends what a program does on SIGTERM, SIGINT, or when its standard input ends, as it does with the process that started it. */
export function endWithStandardInput(stop: () => Promise<unknown>): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    process.stdin.destroy();
    void stop();
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  process.stdin.once('end', end).once('error', end).resume();
}
