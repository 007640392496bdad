import type { Gate } from './gate.ts';
import { GradientLimit, type GradientBounds } from './gradient-limit.ts';
import { LatencyWindow } from './latency-window.ts';

/** Moves a gate's concurrency with the latency of what passes it. */
export class AdaptiveConcurrency {
  readonly #gate: Gate;
  readonly #gradient: GradientLimit;
  readonly #window = new LatencyWindow();
  readonly #onChange: (concurrency: number) => void;

  constructor(gate: Gate, bounds: GradientBounds, onChange: (concurrency: number) => void) {
    this.#gate = gate;
    this.#gradient = new GradientLimit(bounds);
    this.#onChange = onChange;
  }

  /** Counts work that ends now, while it still counts as running. @param startMs - `performance.now()` */
  add(startMs: number): void {
    const nowMs = performance.now();
    const window = this.#window.add(nowMs - startMs, this.#gate.running, nowMs);
    if (window === undefined) return;
    const concurrency = this.#gradient.update(window);
    if (concurrency === this.#gate.concurrency) return;
    this.#gate.concurrency = concurrency;
    this.#onChange(concurrency);
  }
}
