import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { ControlBlock } from '../../src/memory/control-block.ts';
import { PHASES } from '../../src/phase.ts';

describe('ControlBlock', () => {
  test("shows another thread's view what was written", () => {
    const written = new ControlBlock();
    const read = new ControlBlock(written.buffer);
    expect(read.phase).toBe('starting');
    for (const phase of PHASES) {
      written.phase = phase;
      expect(read.phase).toBe(phase);
    }
    written.debuggerAttached = true;
    expect(read.debuggerAttached).toBe(true);
    const heartbeat = { heartbeatNs: 2n ** 60n + 1n, loopActiveNs: 3n, loopIdleNs: 5n };
    written.heartbeat = heartbeat;
    expect(read.heartbeat).toEqual(heartbeat);
    expect(read.phase).toBe('closed');
  });

  test('never shows one heartbeat with times of another, whenever it is read', async () => {
    const control = new ControlBlock();
    const writer = new URL('../fixtures/heartbeat-writer.mjs', import.meta.url);
    const worker = new Worker(writer, { workerData: control.buffer });
    try {
      const hasBegun = (): boolean => control.heartbeat.heartbeatNs > 0n;
      await waitUntil('the first heartbeat', hasBegun, { timeoutMs: 60_000 });
      for (let look = 0; look < 100_000; look += 1) {
        const { heartbeatNs, loopActiveNs, loopIdleNs } = control.heartbeat;
        if (loopActiveNs === heartbeatNs && loopIdleNs === heartbeatNs) continue;
        expect([loopActiveNs, loopIdleNs]).toEqual([heartbeatNs, heartbeatNs]);
      }
    } finally {
      await worker.terminate();
    }
  });

  test('a request for the drain sets its deadline, once the budget is known and unless there is one', () => {
    const control = new ControlBlock();
    control.requestDrain(5n);
    expect(control.drainRequested).toBe(true);
    expect(control.deadlineNs).toBeUndefined();
    control.drainBudgetMs = 2_000.4;
    expect(control.drainBudgetMs).toBe(2_001);
    control.requestDrain(5n);
    expect(control.deadlineNs).toBe(2_001_000_005n);
    control.requestDrain(7n);
    expect(control.deadlineNs).toBe(2_001_000_005n);
  });

  test.each(['draining', 'closed'] as const)(
    'a request for the drain of a process that is %s changes no deadline',
    (phase) => {
      const control = new ControlBlock();
      control.drainBudgetMs = 2_000;
      control.phase = phase;
      control.requestDrain(5n);
      expect(control.deadlineNs).toBeUndefined();
    },
  );
});
