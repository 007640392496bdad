import type { Kit } from '../kit.ts';
import type { NormalizedOptions } from '../options/normalize-options.ts';
import type { SignalGate } from './signal-gate.ts';

/**
 * At the first signal: drains, lets the application's own handlers of that signal run, and ends the process when there
 * are none. Those that are there end it as they did without the kit; with `BELLOWS_EXIT_ON_SIGNAL` they have
 * `closerTimeoutSeconds` for it.
 */
export function drainBeforeHandlers(
  { signals, closerTimeoutSeconds }: NormalizedOptions,
  kit: Pick<Kit, 'drain' | 'stop'>,
  gate: SignalGate,
): void {
  const onFirst = (signal: NodeJS.Signals): void => {
    // What comes next is the kit's: the second signal cuts, the third finds nobody in front of the gate.
    for (const name of signals) gate.off(name, onFirst);
    void leave(signal);
  };
  const leave = async (signal: NodeJS.Signals): Promise<void> => {
    await kit.drain(signal);
    await kit.stop();
    if (!gate.open(signal)) process.exit();
    if (process.env['BELLOWS_EXIT_ON_SIGNAL'] !== 'true') return;
    setTimeout(() => process.exit(), closerTimeoutSeconds * 1000).unref();
  };
  for (const name of signals) gate.on(name, onFirst);
}
