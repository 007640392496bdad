import { BellowsError } from '@bellows/core';
import type { PodStatus } from '@bellows/kubelet';
import type { SupervisorSnapshot } from '@bellows/supervisor';
import { unreadyReasons } from '../account/pod-state.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { cleanText } from '../text/clean-text.ts';

/** What ended a run. */
export interface RunEnding {
  /** `load`, `duration`, a signal's name, `brokenPipe` or `error`. */
  readonly reason: string;
  /** Undefined: the verdict says it. */
  readonly exitCode: ExitCode | undefined;
  readonly error?: unknown;
}

/** Resolves with the first thing that ends a run. */
export interface EndingWatch {
  readonly ending: Promise<RunEnding>;
  /** Rejects with an error that nothing caught after the run had ended otherwise: something failed while it was stopped. */
  readonly failure: Promise<never>;
  end(ending: RunEnding): void;
  /** Ends the run after so many seconds, unless `how` says nothing then. */
  endAfter(seconds: number, how: () => RunEnding | undefined): void;
  /** Lets go of timers and of the process' errors. Idempotent. */
  stop(): void;
}

/** `setTimeout` cannot wait longer, in milliseconds. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Starts to watch; an error that nothing caught ends the run as well, in order. */
export function watchForEnding(): EndingWatch {
  const timers = new Set<NodeJS.Timeout>();
  let resolveEnding: ((ending: RunEnding) => void) | undefined;
  const ending = new Promise<RunEnding>((resolve) => {
    resolveEnding = resolve;
  });
  let rejectFailure: ((error: unknown) => void) | undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    rejectFailure = reject;
  });
  failure.catch(() => undefined);
  let hasEnded = false;
  const end = (how: RunEnding): void => {
    hasEnded = true;
    resolveEnding?.(how);
  };
  const onError = (error: unknown): void => {
    if (hasEnded) rejectFailure?.(error);
    else end({ reason: 'error', exitCode: EXIT_CODE.failed, error });
  };
  process.on('uncaughtException', onError);
  return {
    ending,
    failure,
    end,
    endAfter(seconds, how) {
      const inMs = Math.min(seconds * 1000, MAX_TIMEOUT_MS);
      const timer = setTimeout(() => {
        const late = how();
        if (late !== undefined) end(late);
      }, inMs);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      process.off('uncaughtException', onError);
    },
  };
}

/** Pods told one by one; the others have the same Deployment and seldom another reason. */
const MAX_PODS_TOLD = 5;

/** Last lines of a container's output that are told. */
const LINES_TOLD = 3;

/**
 * The ending of a run whose load found no ready pod in time, with what is known of the reasons.
 *
 * @param loaded - Deployments behind the load's Service: only their pods matter.
 */
export function neverReady(
  seconds: number,
  { deployments }: SupervisorSnapshot,
  loaded: readonly string[],
): RunEnding {
  const pods = deployments.filter(({ name }) => loaded.includes(name)).flatMap((d) => d.pods);
  const why = pods.slice(0, MAX_PODS_TOLD).flatMap(podLines);
  const head = `Expected a pod to be ready within ${seconds} s, and none was`;
  const remedy = pods.some(mayHaveLog)
    ? 'Look into .bellows/logs/, or give it more time with --ready-timeout'
    : 'Mend what is named here, or give it more time with --ready-timeout';
  const message = why.length === 0 ? head : [`${head}:`, ...why, `  ${remedy}`].join('\n');
  const error = new BellowsError('ERR_CLI_NOT_READY', message, { remedy });
  return { reason: 'error', exitCode: EXIT_CODE.failed, error };
}

/** A pod with its reasons, then the last lines that its containers wrote, indented. */
function podLines(pod: PodStatus): string[] {
  const reasons = unreadyReasons(pod);
  if (reasons.length === 0) return [];
  const output = pod.containerStatuses.flatMap(({ state }) =>
    state.kind === 'waiting' ? lastOutput(state.message) : [],
  );
  return [
    `  pod/${pod.metadata.name}: ${reasons.join('; ')}`,
    ...output.map((line) => `      ${line}`),
  ];
}

/** The kubelet's message of a container that ended: how, then its last lines. */
function lastOutput(message: string): string[] {
  const [, ...lines] = message.split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-LINES_TOLD)
    .map(cleanText);
}

/** A container that has not run has written nothing. */
function mayHaveLog({ containerStatuses }: PodStatus): boolean {
  return containerStatuses.some(
    ({ state }) => state.kind !== 'waiting' || state.message.includes('exited with code'),
  );
}
