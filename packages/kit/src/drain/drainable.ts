/** Work that a drain takes to its end: a server's requests, a queue's items. Called in this order. */
export interface Drainable {
  /** What must end before the drain is over: connections, items. */
  readonly pending: number;
  /** Requests, items and upgraded connections that ended by themselves so far. */
  readonly ended: number;
  /** Connections cut with a part of a request on them so far. */
  readonly lost?: number;
  /** Work refused so far because of the drain, which its sender knows and can give to another. */
  readonly refused?: number;
  /** When something last came from outside, `performance.now()`; undefined when nothing ever does. */
  readonly lastArrivalMs?: number;
  /**
   * The drain begins: what can be steered elsewhere is, a consumer stops fetching. New work is still taken.
   * @param windowMs - Time over which clients are told to go; 0 is now.
   */
  startDraining?(windowMs: number): void;
  /** Others know by now: stops listening. Work that other work leads to is still taken. */
  stopArrivals?(): void;
  /**
   * Ends what waits for nothing, such as an idle connection.
   * @returns milliseconds until it should be called again; Infinity when nothing is to be ended.
   */
  tidy?(): number;
  /** Takes no more at all: called when nothing is pending anywhere, in the same turn. */
  refuse?(): void;
  /** The time is up: tells the work so by its AbortSignal. */
  abort(reason: unknown): void;
  /** Gives up what is left. @returns how much work was cut, now and by {@link Drainable.abort}. */
  abandon(): number;
}
