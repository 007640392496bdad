import type { Drainable } from './drainable.ts';

/** Everything that the drain takes to its end, also what comes when it has begun. */
export class Drainables implements Iterable<Drainable> {
  readonly #all: Drainable[] = [];
  #isDraining = false;

  /** Whether the drain has begun. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** A service that was told to end while it started may add some during the drain: they take nothing. */
  add(drainable: Drainable): void {
    this.#all.push(drainable);
    if (!this.#isDraining) return;
    drainable.startDraining?.(0);
    drainable.stopArrivals?.();
    drainable.refuse?.();
  }

  /** The drain begins. @param windowMs - Time over which clients are told to go. */
  startDraining(windowMs: number): void {
    this.#isDraining = true;
    for (const drainable of this.#all) drainable.startDraining?.(windowMs);
  }

  [Symbol.iterator](): Iterator<Drainable> {
    return this.#all.values();
  }
}
