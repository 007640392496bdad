import { describe, expect, test } from 'vitest';
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
});
