import type { Phase } from '../phase.ts';
import { PHASES } from '../phase.ts';

const INTEGER_SLOTS = { phase: 0, debuggerAttached: 1, drainRequested: 2, heartbeats: 3 } as const;
const TIME_SLOTS = { deadlineNs: 0, drainBudgetNs: 1 } as const;
/** Times of one heartbeat. */
const HEARTBEAT_SLOTS = { heartbeatNs: 0, loopActiveNs: 1, loopIdleNs: 2 } as const;
const TIME_COUNT = Object.keys(TIME_SLOTS).length;
const HEARTBEAT_TIMES = Object.keys(HEARTBEAT_SLOTS).length;
/** Two heartbeats have a place, in turn: while one is written, the one before is read. */
const HEARTBEAT_PLACES = 2;
const NS_PER_MS = 1_000_000n;
const INTEGER_COUNT = Object.keys(INTEGER_SLOTS).length;
const TIMES_OFFSET_BYTES = Math.ceil((INTEGER_COUNT * Int32Array.BYTES_PER_ELEMENT) / 8) * 8;
const SIZE_BYTES =
  TIMES_OFFSET_BYTES +
  (TIME_COUNT + HEARTBEAT_PLACES * HEARTBEAT_TIMES) * BigInt64Array.BYTES_PER_ELEMENT;

/** What the main loop says about itself at each heartbeat. */
export interface Heartbeat {
  /** Monotonic time of the heartbeat, in nanoseconds (`process.hrtime.bigint()`, the same in all threads). */
  readonly heartbeatNs: bigint;
  /** Time the loop has worked since its start, in nanoseconds. */
  readonly loopActiveNs: bigint;
  /** Time the loop has waited for events since its start, in nanoseconds. */
  readonly loopIdleNs: bigint;
}

/**
 * The service's state in shared memory: the main thread writes, the admin thread reads, nobody waits.
 * Atomics do not take Float64Array, hence integers and nanoseconds.
 */
export class ControlBlock {
  readonly buffer: SharedArrayBuffer;
  readonly #integers: Int32Array;
  readonly #times: BigInt64Array;

  /** @param buffer - That of another thread's block; without it a new one in phase `starting`. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SIZE_BYTES)) {
    this.buffer = buffer;
    this.#integers = new Int32Array(buffer, 0, INTEGER_COUNT);
    this.#times = new BigInt64Array(buffer, TIMES_OFFSET_BYTES);
  }

  get phase(): Phase {
    return PHASES[Atomics.load(this.#integers, INTEGER_SLOTS.phase)] ?? 'closed';
  }

  set phase(phase: Phase) {
    Atomics.store(this.#integers, INTEGER_SLOTS.phase, PHASES.indexOf(phase));
  }

  /** Whether a debugger may hold the main loop, so that its stillness says nothing. */
  get debuggerAttached(): boolean {
    return Atomics.load(this.#integers, INTEGER_SLOTS.debuggerAttached) === 1;
  }

  set debuggerAttached(attached: boolean) {
    Atomics.store(this.#integers, INTEGER_SLOTS.debuggerAttached, attached ? 1 : 0);
  }

  /** Whether `/drain` was called: readiness follows at once, also while the main loop is blocked. */
  get drainRequested(): boolean {
    return Atomics.load(this.#integers, INTEGER_SLOTS.drainRequested) === 1;
  }

  /**
   * Notes that `/drain` was called, as the admin thread does: the main thread may be blocked and learn of it late, so
   * the drain's deadline is set here, too, unless a drain has set it already.
   * @param nowNs - Monotonic, the heartbeat's clock.
   */
  requestDrain(nowNs: bigint): void {
    Atomics.store(this.#integers, INTEGER_SLOTS.drainRequested, 1);
    const budgetNs = Atomics.load(this.#times, TIME_SLOTS.drainBudgetNs);
    const hasBegun = this.phase === 'draining' || this.phase === 'closed';
    if (budgetNs === 0n || hasBegun) return;
    Atomics.compareExchange(this.#times, TIME_SLOTS.deadlineNs, 0n, nowNs + budgetNs);
  }

  /** Longest time that a drain which begins now may take, in milliseconds; 0 before the kit has started. */
  get drainBudgetMs(): number {
    return Number(Atomics.load(this.#times, TIME_SLOTS.drainBudgetNs) / NS_PER_MS);
  }

  set drainBudgetMs(budgetMs: number) {
    const budgetNs = BigInt(Math.ceil(budgetMs)) * NS_PER_MS;
    Atomics.store(this.#times, TIME_SLOTS.drainBudgetNs, budgetNs);
  }

  /** When a drain must be over, on the heartbeat's clock; undefined while there is none. */
  get deadlineNs(): bigint | undefined {
    const deadlineNs = Atomics.load(this.#times, TIME_SLOTS.deadlineNs);
    return deadlineNs === 0n ? undefined : deadlineNs;
  }

  set deadlineNs(deadlineNs: bigint | undefined) {
    Atomics.store(this.#times, TIME_SLOTS.deadlineNs, deadlineNs ?? 0n);
  }

  /**
   * The last heartbeat, with the times of one moment: those of two would count a long turn twice. Read anew in the rare
   * case that another one was written meanwhile, since the next but one goes to the place that was read.
   */
  get heartbeat(): Heartbeat {
    for (;;) {
      const number = Atomics.load(this.#integers, INTEGER_SLOTS.heartbeats);
      const place = heartbeatPlace(number);
      const heartbeat = {
        heartbeatNs: Atomics.load(this.#times, place + HEARTBEAT_SLOTS.heartbeatNs),
        loopActiveNs: Atomics.load(this.#times, place + HEARTBEAT_SLOTS.loopActiveNs),
        loopIdleNs: Atomics.load(this.#times, place + HEARTBEAT_SLOTS.loopIdleNs),
      };
      if (Atomics.load(this.#integers, INTEGER_SLOTS.heartbeats) === number) return heartbeat;
    }
  }

  set heartbeat({ heartbeatNs, loopActiveNs, loopIdleNs }: Heartbeat) {
    const number = Atomics.load(this.#integers, INTEGER_SLOTS.heartbeats) + 1;
    const place = heartbeatPlace(number);
    Atomics.store(this.#times, place + HEARTBEAT_SLOTS.heartbeatNs, heartbeatNs);
    Atomics.store(this.#times, place + HEARTBEAT_SLOTS.loopActiveNs, loopActiveNs);
    Atomics.store(this.#times, place + HEARTBEAT_SLOTS.loopIdleNs, loopIdleNs);
    // Last: a reader takes it from here on.
    Atomics.store(this.#integers, INTEGER_SLOTS.heartbeats, number);
  }
}

/** Where the times of a heartbeat begin. @param number - How many there were before, itself included; may have wrapped. */
function heartbeatPlace(number: number): number {
  return TIME_COUNT + (number & 1) * HEARTBEAT_TIMES;
}
