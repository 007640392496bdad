import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LoopTimeReader } from '../../src/admin/loop-time.ts';

const MS = 1_000_000n;
const beat = (atMs: bigint, activeMs: bigint, idleMs: bigint) => ({
  heartbeatNs: atMs * MS,
  loopActiveNs: activeMs * MS,
  loopIdleNs: idleMs * MS,
});

describe('LoopTimeReader', () => {
  test('says what the heartbeat says while it is on time', () => {
    const reader = new LoopTimeReader();
    expect(reader.read(beat(1_000n, 300n, 700n), 1_150n * MS)).toEqual({
      activeSeconds: 0.3,
      idleSeconds: 0.7,
      heartbeatAgeMs: 150,
    });
  });

  test('counts the time since a heartbeat was due as active while none comes', () => {
    const reader = new LoopTimeReader();
    // Last beat at 1.0 s, due again at 1.1 s, now 3.0 s: 1.9 s overdue.
    expect(reader.read(beat(1_000n, 300n, 700n), 3_000n * MS)).toMatchObject({
      activeSeconds: 2.2,
      idleSeconds: 0.7,
    });
  });

  test('goes on without a step back when the loop turns again', () => {
    const reader = new LoopTimeReader();
    const stuck = reader.read(beat(1_000n, 300n, 700n), 3_000n * MS).activeSeconds;
    // The loop's own account of the same time may be a little less.
    const after = reader.read(beat(3_010n, 2_150n, 750n), 3_020n * MS).activeSeconds;
    expect(after).toBe(stuck);
    expect(reader.read(beat(4_000n, 2_300n, 1_000n), 4_010n * MS).activeSeconds).toBe(2.3);
  });

  test('never goes down, whatever the heartbeats and clocks', () => {
    const reading = fc.tuple(
      fc.bigInt(0n, 10n ** 15n),
      fc.bigInt(0n, 10n ** 15n),
      fc.bigInt(0n, 10n ** 15n),
    );
    fc.assert(
      fc.property(fc.array(reading), (readings) => {
        const reader = new LoopTimeReader();
        let last = 0;
        for (const [heartbeatNs, loopActiveNs, nowNs] of readings) {
          const { activeSeconds } = reader.read(
            { heartbeatNs, loopActiveNs, loopIdleNs: 0n },
            nowNs,
          );
          expect(activeSeconds).toBeGreaterThanOrEqual(last);
          last = activeSeconds;
        }
      }),
    );
  });
});
