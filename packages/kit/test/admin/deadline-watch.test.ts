import { afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { isStuckPastDeadline, watchDeadline } from '../../src/admin/deadline-watch.ts';
import { ControlBlock } from '../../src/memory/control-block.ts';

const SECOND_NS = 1_000_000_000n;

/** A block whose loop has not turned for so long, and whose deadline was so long ago. */
function blockWith(stuckSeconds: number, overdueSeconds?: number): ControlBlock {
  const control = new ControlBlock();
  const nowNs = process.hrtime.bigint();
  const heartbeatNs = nowNs - BigInt(stuckSeconds) * SECOND_NS;
  control.heartbeat = { heartbeatNs, loopActiveNs: 0n, loopIdleNs: 0n };
  if (overdueSeconds !== undefined) control.deadlineNs = nowNs - BigInt(overdueSeconds) * SECOND_NS;
  return control;
}

const isStuck = (control: ControlBlock): boolean =>
  isStuckPastDeadline(control, process.hrtime.bigint());

let timer: NodeJS.Timeout | undefined;
afterEach(() => {
  clearInterval(timer);
});

describe('a process past its deadline', () => {
  test('is stuck when its loop has not turned for a while, and no debugger holds it', () => {
    expect(isStuck(blockWith(10, 1))).toBe(true);
    expect(isStuck(blockWith(0, 1))).toBe(false);
    expect(isStuck(blockWith(10, -5))).toBe(false);
    expect(isStuck(blockWith(10))).toBe(false);
    const debugged = blockWith(10, 1);
    debugged.debuggerAttached = true;
    expect(isStuck(debugged)).toBe(false);
  });

  test.each([true, false])('is killed once, unless it is PID 1 (%s)', async (isFirstProcess) => {
    const done: string[] = [];
    timer = watchDeadline(blockWith(10, 1), {
      say: (line) => done.push(line),
      kill: () => done.push('kill'),
      isFirstProcess,
    });
    await waitUntil('its end', () => done.length > 0);
    const what = 'the time for the drain is up and the event loop is stuck';
    expect(done).toEqual(
      isFirstProcess
        ? [`${what}: as PID 1 this process cannot end itself, so liveness fails`]
        : [`${what}: SIGKILL`, 'kill'],
    );
  });
});
