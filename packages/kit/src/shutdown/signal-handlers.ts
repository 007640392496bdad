/** Where signals come from: the process, or what stands in front of it. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** What happens at each signal. */
export interface SignalActions {
  /** At the first one. */
  readonly drain: (signal: NodeJS.Signals) => void;
  /** At the second one: what is under way is cut. */
  readonly hurry: () => void;
  /** At the third one; undefined leaves it to the signal's default action. */
  readonly exit: (() => void) | undefined;
}

/**
 * Takes over the signals. Without an `exit` action it lets go of them at the second signal, so that the third one
 * ends the process as if there were no handler.
 * @returns a function that lets go of them.
 */
export function handleSignals(
  signals: readonly NodeJS.Signals[],
  actions: SignalActions,
  source: SignalSource = process,
): () => void {
  let count = 0;
  const release = (): void => {
    for (const signal of signals) source.off(signal, onSignal);
  };
  function onSignal(signal: NodeJS.Signals): void {
    count += 1;
    if (count === 1) {
      actions.drain(signal);
    } else if (count === 2) {
      if (actions.exit === undefined) release();
      actions.hurry();
    } else {
      actions.exit?.();
    }
  }
  for (const signal of signals) source.on(signal, onSignal);
  return release;
}
