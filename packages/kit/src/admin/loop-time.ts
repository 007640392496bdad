import type { Heartbeat } from '../memory/control-block.ts';
import { HEARTBEAT_INTERVAL_MS } from '../memory/heartbeat.ts';

const INTERVAL_NS = BigInt(HEARTBEAT_INTERVAL_MS) * 1_000_000n;
/** A heartbeat that is later than this was not only delayed by timers' coarseness. */
const OVERDUE_NS = 2n * INTERVAL_NS;

/** The main loop's time as it is known now. */
export interface LoopTime {
  readonly activeSeconds: number;
  readonly idleSeconds: number;
  /** Time since the last heartbeat. */
  readonly heartbeatAgeMs: number;
}

/**
 * Reads the main loop's time from its heartbeats. While a heartbeat is overdue the loop is stuck in one turn, so
 * the time since it was due counts as active: utilization then reads 1, where the last written values would
 * read 0. Once the loop turns again its own account includes that time; what is returned never goes down.
 */
export class LoopTimeReader {
  #activeNs = 0n;

  /** @param nowNs - Monotonic, the heartbeat's clock. */
  read(heartbeat: Heartbeat, nowNs: bigint): LoopTime {
    const ageNs = nowNs > heartbeat.heartbeatNs ? nowNs - heartbeat.heartbeatNs : 0n;
    const overdueNs = ageNs > OVERDUE_NS ? ageNs - INTERVAL_NS : 0n;
    const activeNs = heartbeat.loopActiveNs + overdueNs;
    if (activeNs > this.#activeNs) this.#activeNs = activeNs;
    return {
      activeSeconds: Number(this.#activeNs) / 1e9,
      idleSeconds: Number(heartbeat.loopIdleNs) / 1e9,
      heartbeatAgeMs: Number(ageNs) / 1e6,
    };
  }
}
