/** Wait after a fetch that had nothing, and after the first one that failed, in milliseconds. */
const IDLE_WAIT_MS = 1_000;
/** Longest wait between fetches that fail, in milliseconds. */
const MAX_FAILURE_WAIT_MS = 30_000;

/** What a fetcher feeds. */
export interface FetchTarget<T> {
  /** Whether an item could be worked on at once: nothing is fetched to wait here while others could take it. */
  hasRoom(): boolean;
  take(item: T): void;
  onFailure(): void;
  /** A fetch has ended. */
  onEnd(): void;
}

/** Fetches items one after the other, no faster than they are worked on, until it is stopped. */
export class QueueFetcher<T> {
  readonly #fetch: (signal: AbortSignal) => Promise<T | undefined>;
  readonly #target: FetchTarget<T>;
  readonly #stop = new AbortController();
  #isStarted = false;
  #isFetching = false;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(fetch: (signal: AbortSignal) => Promise<T | undefined>, target: FetchTarget<T>) {
    this.#fetch = fetch;
    this.#target = target;
  }

  /** Whether an item may be on its way here. */
  get isFetching(): boolean {
    return this.#isFetching;
  }

  /** A second call does nothing. */
  start(): void {
    this.#isStarted = true;
    this.fetchOn();
  }

  /** Fetches the next one, when there is room and it is not to wait. */
  fetchOn(): void {
    const mayFetch = this.#isStarted && !this.#stop.signal.aborted;
    if (!mayFetch || this.#isFetching || this.#timer !== undefined) return;
    if (this.#target.hasRoom()) void this.#fetchOne();
  }

  /** Fetches nothing more, and tells the fetch under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stop.abort();
  }

  /** Waits no longer for the fetch under way. */
  abandon(): void {
    this.stop();
    this.#isFetching = false;
  }

  async #fetchOne(): Promise<void> {
    this.#isFetching = true;
    let item: T | undefined;
    let hasFailed = false;
    try {
      item = await this.#fetch(this.#stop.signal);
    } catch {
      hasFailed = true;
    }
    this.#isFetching = false;
    if (item !== undefined) this.#target.take(item);
    // A fetch that throws because it was told to stop has not failed.
    if (hasFailed && !this.#stop.signal.aborted) this.#target.onFailure();
    this.#failures = hasFailed ? this.#failures + 1 : 0;
    this.#target.onEnd();
    if (item === undefined) this.#fetchLater();
    else this.fetchOn();
  }

  #fetchLater(): void {
    if (this.#stop.signal.aborted) return;
    const backOff = 2 ** Math.min(10, Math.max(0, this.#failures - 1));
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.fetchOn();
      },
      Math.min(MAX_FAILURE_WAIT_MS, IDLE_WAIT_MS * backOff),
    ).unref();
  }
}
