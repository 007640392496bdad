import type { DrainResult, Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { armDrainDeadline } from './arm-drain-deadline.ts';
import { CLOSER_OUTCOMES, Closers } from './closers.ts';
import { drainTimesOf, END_MARGIN_MS, workBudgetMs } from './drain-times.ts';
import { runDrain, type DrainCount, type DrainTimes } from './drain.ts';

/** The drain, and what makes it hurry. */
export interface DrainCapability extends Pick<Kit, 'drain' | 'drainSignal' | 'onClose'> {
  /** Aborts when what is under way is to be cut. */
  readonly cut: AbortSignal;
  /** Cuts what is under way. */
  readonly hurry: () => void;
  /** Drains with no delay and little time: the process is not to be trusted any more. */
  readonly drainFast: (reason: string) => Promise<DrainResult>;
  /** Longest time that a drain can take with the closers there are now, in milliseconds. */
  readonly budgetMs: () => number;
}

/** Time that work under way has in a process that had an uncaught error, in milliseconds. */
const FAST_IN_FLIGHT_MS = 5_000;

/** Drains what the other capabilities have under way, and runs the closers. */
export function createDrain(context: KitContext): DrainCapability {
  const { options, control, log, drainables, changes } = context;
  const closers = createClosers(context);
  const times = drainTimesOf(options);
  const hurry = new AbortController();
  const begun = new AbortController();
  const countWork = workCounter(context);
  let draining: Promise<DrainResult> | undefined;
  /** The drain's work, without its closers: they are the service's, and one of them may stop the kit. */
  let working: Promise<DrainCount> | undefined;
  context.onStop(async () => {
    hurry.abort();
    await working;
  });

  const budgetMs = (ofTimes: DrainTimes = times): number =>
    workBudgetMs(ofTimes) + closers.budgetMs;
  const publishBudget = (): void => {
    control.drainBudgetMs = budgetMs() + END_MARGIN_MS;
  };
  context.onStart(publishBudget);

  const run = async (reason: string, withTimes: DrainTimes): Promise<DrainResult> => {
    control.phase = 'draining';
    const disarm = armDrainDeadline(control, budgetMs(withTimes) + END_MARGIN_MS);
    log(`${reason}: draining`);
    begun.abort();
    try {
      working = runDrain({ drainables, changes, hurry: hurry.signal }, withTimes);
      const count = await working;
      countWork(count);
      const failedClosers = await closers.run();
      const { drained, aborted, lost, refused } = count;
      log(`drained: ${drained} ended, ${aborted} aborted, ${lost} lost, ${refused} refused`);
      return { ...count, failedClosers };
    } finally {
      disarm();
    }
  };
  const drain = (reason: string, withTimes: DrainTimes): Promise<DrainResult> => {
    if (draining === undefined && control.phase === 'closed') return Promise.resolve(NOTHING);
    return (draining ??= run(reason, withTimes));
  };

  return {
    cut: hurry.signal,
    hurry: () => {
      hurry.abort();
    },
    drainSignal: begun.signal,
    onClose: (name, closer, closerOptions) => {
      closers.add(name, closer, closerOptions);
      publishBudget();
    },
    drain: (reason = 'drain') => drain(reason, times),
    drainFast: (reason) => {
      const inFlightTimeoutMs = Math.min(times.inFlightTimeoutMs, FAST_IN_FLIGHT_MS);
      return drain(reason, { ...times, inFlightTimeoutMs, delayMs: 0, quietMs: 0, delayMaxMs: 0 });
    },
    budgetMs,
  };
}

const NOTHING: DrainResult = { drained: 0, aborted: 0, lost: 0, refused: 0, failedClosers: [] };

/** Closers that are counted, each from its registration on at 0. */
function createClosers({ options, registry, log }: KitContext): Closers {
  const runs = registry.counter({
    name: 'bellows_closer_runs_total',
    help: 'Runs of closers by how they ended.',
    labelNames: ['closer', 'outcome'],
  });
  return new Closers(options.closerTimeoutSeconds, {
    log,
    onAdded: (closer) => {
      for (const outcome of CLOSER_OUTCOMES) runs.labels({ closer, outcome });
    },
    onRun: (closer, outcome) => {
      runs.inc({ closer, outcome });
    },
  });
}

function workCounter({ registry }: KitContext): (count: DrainCount) => void {
  const counter = registry.counter({
    name: 'bellows_drain_work_total',
    help: 'Work that was there or came during the drain, by how it ended.',
    labelNames: ['outcome'],
  });
  const outcomes = ['drained', 'aborted', 'lost', 'refused'] as const;
  for (const outcome of outcomes) counter.labels({ outcome });
  return (count) => {
    for (const outcome of outcomes) counter.labels({ outcome }).inc(count[outcome]);
  };
}
