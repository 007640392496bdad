const SLOT_COUNT = 10;
const SLOT_MS = 100;

interface Slot {
  /** Number of the slot's 100 ms since the clock's zero. */
  epoch: number;
  arrivals: number;
  readonly latenciesSeconds: number[];
}

/** What happened in the last second, in ten slots of 100 ms. */
export class LastSecond {
  readonly #slots: Slot[] = Array.from({ length: SLOT_COUNT }, () => ({
    epoch: -1,
    arrivals: 0,
    latenciesSeconds: [],
  }));

  addArrival(nowMs: number): void {
    this.#slotAt(nowMs).arrivals += 1;
  }

  addLatency(nowMs: number, latencySeconds: number): void {
    this.#slotAt(nowMs).latenciesSeconds.push(latencySeconds);
  }

  /** Arrivals and latencies of the second that ends with `nowMs`; latencies are undefined without answers. */
  read(nowMs: number): {
    readonly arrivals: number;
    readonly latencySeconds: { readonly p50: number; readonly p99: number } | undefined;
  } {
    const oldest = Math.floor(nowMs / SLOT_MS) - SLOT_COUNT;
    const slots = this.#slots.filter(({ epoch }) => epoch > oldest);
    const latencies = slots.flatMap((slot) => slot.latenciesSeconds).sort((a, b) => a - b);
    const at = (quantile: number): number =>
      latencies[Math.ceil(quantile * latencies.length) - 1] ?? 0;
    return {
      arrivals: slots.reduce((sum, slot) => sum + slot.arrivals, 0),
      latencySeconds: latencies.length === 0 ? undefined : { p50: at(0.5), p99: at(0.99) },
    };
  }

  #slotAt(nowMs: number): Slot {
    const epoch = Math.floor(nowMs / SLOT_MS);
    const slot = this.#slots[epoch % SLOT_COUNT];
    if (slot === undefined) throw new RangeError(`Expected a time of 0 or more, got ${nowMs}`);
    if (slot.epoch !== epoch) {
      slot.epoch = epoch;
      slot.arrivals = 0;
      slot.latenciesSeconds.length = 0;
    }
    return slot;
  }
}
