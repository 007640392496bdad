import type { ContainerProcess } from '../process/container-process.ts';
import { GRACE_USED_UP, type HookLimits } from './pre-stop.ts';

/**
 * A container gets so long after its `preStop` hook, even if the hook has used up the grace period.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer,
 *   minimumGracePeriodInSeconds)
 */
export const MINIMUM_GRACE_MS = 2000;

/** What {@link createTermination} ends, and how. */
export interface TerminationOptions {
  readonly process: ContainerProcess;
  /** Runs the hook, if there is one; never rejects, and ends early when the signal says so. */
  readonly preStop: ((limits: HookLimits) => Promise<void>) | undefined;
  /** Time from now to SIGKILL, the hook included, in milliseconds; 0 kills at once. */
  readonly graceMs: number;
}

/** The end of a container under way. */
export interface Termination {
  /** Brings the SIGKILL nearer; a longer time changes nothing. */
  shorten(graceMs: number): void;
  /** The container has ended: leaves no timer and no hook behind. */
  finished(): void;
}

/**
 * Ends a container: `preStop`, SIGTERM to its main process, SIGKILL to all that is left at the end of
 * the grace period, in which the hook counts.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer)
 */
export function createTermination(options: TerminationOptions): Termination {
  const hook = new AbortController();
  let deadlineMs = performance.now() + options.graceMs;
  let timer: NodeJS.Timeout | undefined;
  let onDeadline: () => void = () => undefined;
  let over = false;

  const arm = (): void => {
    clearTimeout(timer);
    const waitMs = Math.max(0, deadlineMs - performance.now());
    if (!over)
      timer = setTimeout(() => {
        onDeadline();
      }, waitMs);
  };
  const askToEnd = (): void => {
    if (over) return;
    options.process.signal('SIGTERM');
    onDeadline = options.process.killAll;
    deadlineMs = Math.max(deadlineMs, performance.now() + MINIMUM_GRACE_MS);
    arm();
  };
  const kill = (): void => {
    deadlineMs = 0;
    hook.abort();
    clearTimeout(timer);
    options.process.killAll();
    over = true;
  };

  if (options.graceMs <= 0) kill();
  else if (options.preStop === undefined) askToEnd();
  else {
    const hookOver = new Promise<void>((resolve) => {
      onDeadline = resolve;
    });
    arm();
    const limits = { signal: hook.signal, timeoutMs: options.graceMs };
    void Promise.race([options.preStop(limits), hookOver]).then(() => {
      hook.abort(GRACE_USED_UP);
      askToEnd();
    });
  }
  return {
    shorten(graceMs) {
      if (over || performance.now() + graceMs >= deadlineMs) return;
      if (graceMs <= 0) {
        kill();
        return;
      }
      deadlineMs = performance.now() + graceMs;
      arm();
    },
    finished() {
      over = true;
      hook.abort();
      clearTimeout(timer);
    },
  };
}
