import type { DrainResult, Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { Closers } from './closers.ts';
import { runDrain, type DrainCount, type DrainTimes } from './drain.ts';

/** The drain, and what makes it hurry. */
export interface DrainCapability extends Pick<Kit, 'drain' | 'onClose'> {
  /** Aborts when what is under way is to be cut. */
  readonly cut: AbortSignal;
  /** Cuts what is under way. */
  readonly hurry: () => void;
}

/** Drains what the other capabilities have under way, and runs the closers. */
export function createDrain(context: KitContext): DrainCapability {
  const { options, control, log, drainables, changes } = context;
  const closers = new Closers();
  const hurry = new AbortController();
  let draining: Promise<DrainResult> | undefined;
  /** The drain's work, without its closers: they are the service's, and one of them may stop the kit. */
  let working: Promise<DrainCount> | undefined;
  context.onStop(async () => {
    hurry.abort();
    await working;
  });

  const drain = async (reason: string): Promise<DrainResult> => {
    control.phase = 'draining';
    log(`${reason}: draining`);
    const times = drainTimesOf(options);
    working = runDrain({ drainables, changes, hurry: hurry.signal }, times);
    const count = await working;
    const failedClosers = await closers.run(options.closerTimeoutSeconds * 1000, log);
    const { drained, aborted, lost, refused } = count;
    log(`drained: ${drained} ended, ${aborted} aborted, ${lost} lost, ${refused} refused`);
    return { ...count, failedClosers };
  };

  return {
    cut: hurry.signal,
    hurry: () => {
      hurry.abort();
    },
    onClose: (name, closer) => {
      closers.add(name, closer);
    },
    drain: (reason = 'drain') => {
      if (draining === undefined && control.phase === 'closed') {
        return Promise.resolve({ drained: 0, aborted: 0, lost: 0, refused: 0, failedClosers: [] });
      }
      return (draining ??= drain(reason));
    },
  };
}

function drainTimesOf(options: KitContext['options']): DrainTimes {
  return {
    delayMs: options.drainDelaySeconds * 1000,
    quietMs: options.drainQuietSeconds * 1000,
    delayMaxMs: options.drainDelayMaxSeconds * 1000,
    inFlightTimeoutMs: options.inFlightTimeoutSeconds * 1000,
    abortGraceMs: options.abortGraceSeconds * 1000,
  };
}
