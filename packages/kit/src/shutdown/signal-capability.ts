import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { reportHolders } from './report-holders.ts';
import { handleSignals, type SignalActions } from './signal-handlers.ts';

/** What the signals' path uses of the other capabilities. */
export interface SignalParts extends Pick<Kit, 'drain' | 'stop'> {
  /** Cuts what is under way. */
  readonly hurry: () => void;
}

/** Drains and ends the process at a signal. */
export function followSignals(context: KitContext, { drain, stop, hurry }: SignalParts): void {
  const { options, log, signalSource } = context;
  let release: (() => void) | undefined;

  /** The end of the process: by `process.exit` only when the user has opted in. */
  const endAfterDrain = async (signal: NodeJS.Signals): Promise<void> => {
    const { aborted, failedClosers } = await drain(signal);
    const isClean = aborted === 0 && failedClosers.length === 0;
    if (!isClean && (process.exitCode === undefined || process.exitCode === 0)) {
      process.exitCode = 1;
    }
    await stop();
    if (options.exitOnSignal) process.exit();
    reportHolders(log);
  };

  context.onStart(() => {
    const actions: SignalActions = {
      drain: (signal) => void endAfterDrain(signal),
      hurry: () => {
        log('a second signal: what is under way is cut');
        hurry();
      },
      exit: options.exitOnSignal
        ? () => {
            process.exit(1);
          }
        : undefined,
    };
    release = handleSignals(options.signals, actions, signalSource);
  });
  context.onStop(() => release?.());
}
