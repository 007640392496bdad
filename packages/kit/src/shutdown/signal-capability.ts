import { armDrainDeadline } from '../drain/arm-drain-deadline.ts';
import type { DrainCapability } from '../drain/drain-capability.ts';
import { END_MARGIN_MS } from '../drain/drain-times.ts';
import type { DrainResult, Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { graceProblem } from './grace-budget.ts';
import { reportHolders } from './report-holders.ts';
import { ownAncestry, signalBlocker } from './signal-blocker.ts';
import { handleSignals, type SignalActions } from './signal-handlers.ts';
import { followUncaughtErrors } from './uncaught-errors.ts';

/** What the end of a process uses of the other capabilities. */
export interface SignalParts
  extends Pick<DrainCapability, 'drain' | 'drainFast' | 'hurry' | 'budgetMs'>, Pick<Kit, 'stop'> {}

/** Drains and ends the process at a signal, or at an uncaught error when that is wanted. */
export function followSignals(context: KitContext, parts: SignalParts): void {
  const { options, log } = context;
  const releases: (() => void)[] = [];
  /** `process.exit` only when the user has opted in. */
  const exit = options.exitOnSignal ? endProcess : undefined;

  const endAfter = async (drained: Promise<DrainResult>): Promise<void> => {
    const budgetMs = parts.budgetMs() + END_MARGIN_MS;
    releases.push(boundEnd(context, budgetMs, exit));
    const { aborted, failedClosers } = await drained;
    if (aborted > 0 || failedClosers.length > 0) setFailed();
    await parts.stop();
    exit?.();
    reportHolders(log);
  };

  context.onStart(() => {
    warn(context, parts.budgetMs());
    const actions: SignalActions = {
      drain: (signal) => void endAfter(parts.drain(signal)),
      hurry: () => {
        log('a second signal: what is under way is cut');
        parts.hurry();
      },
      exit:
        exit &&
        (() => {
          setFailed();
          exit();
        }),
    };
    releases.push(handleSignals(options.signals, actions, context.signalSource));
    if (options.uncaughtErrors === 'leave') return;
    releases.push(
      followUncaughtErrors({
        log,
        drain: async (reason) => {
          setFailed();
          await endAfter(parts.drainFast(reason));
          endProcess();
        },
        exit: endProcess,
      }),
    );
  });
  context.onStop(() => {
    for (const release of releases.splice(0)) release();
  });
}

/** The exit code that tells an orchestrator that not all went well; one the service has set stays. */
function setFailed(): void {
  if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = 1;
}

function endProcess(): void {
  process.exit();
}

/**
 * A process that was told to end has so long. This timer is for a loop that turns; the admin thread has one for a loop
 * that is stuck. @returns a function that disarms both.
 */
function boundEnd(
  { control, log }: KitContext,
  budgetMs: number,
  exit: (() => void) | undefined,
): () => void {
  const disarm = armDrainDeadline(control, budgetMs);
  const timer = setTimeout(() => {
    log(`the drain has not ended in ${budgetMs / 1000} s${exit === undefined ? '' : ': exit'}`);
    setFailed();
    exit?.();
  }, budgetMs).unref();
  return () => {
    clearTimeout(timer);
    disarm();
  };
}

function warn({ options, log, drainables }: KitContext, budgetMs: number): void {
  const hasWork = [...drainables].length > 0;
  const problem = hasWork ? graceProblem(options, budgetMs) : undefined;
  for (const message of [problem, signalBlocker(ownAncestry())]) {
    if (message !== undefined) log(message);
  }
}
