import { writeSync } from 'node:fs';
import type { ControlBlock } from '../memory/control-block.ts';

const LOOK_EVERY_MS = 250;
/** A loop that has turned this recently can end the process by itself. */
const STUCK_AFTER_MS = 2_000;

/** What the watch does; a test gives its own. */
export interface DeadlineActions {
  readonly say: (message: string) => void;
  readonly kill: () => void;
  /** Signals from inside a PID namespace do nothing to its first process: only the kubelet can end it. */
  readonly isFirstProcess: boolean;
}

const REAL_ACTIONS: DeadlineActions = {
  // Console output of a thread goes through the main one, which is stuck.
  say: (message) => void writeSync(2, `bellows: ${message}\n`),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  isFirstProcess: process.pid === 1,
};

/**
 * Ends a process that was told to end, has used up its time, and whose main loop is stuck so that nothing in it can
 * act. For a process with a free loop the main thread does it. As PID 1 it can only be said; liveness is red then.
 */
export function watchDeadline(
  control: ControlBlock,
  { say, kill, isFirstProcess }: DeadlineActions = REAL_ACTIONS,
): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (!isStuckPastDeadline(control, process.hrtime.bigint())) return;
    clearInterval(timer);
    const what = 'the time for the drain is up and the event loop is stuck';
    if (isFirstProcess) {
      say(`${what}: as PID 1 this process cannot end itself, so liveness fails`);
    } else {
      say(`${what}: SIGKILL`);
      kill();
    }
  }, LOOK_EVERY_MS);
  return timer.unref();
}

/** Whether the drain should be over and the main thread cannot end it. */
export function isStuckPastDeadline(control: ControlBlock, nowNs: bigint): boolean {
  const { deadlineNs, heartbeat, debuggerAttached } = control;
  if (deadlineNs === undefined || nowNs < deadlineNs || debuggerAttached) return false;
  return Number(nowNs - heartbeat.heartbeatNs) / 1e6 > STUCK_AFTER_MS;
}
