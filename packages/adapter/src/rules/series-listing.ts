import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import { describeError } from '../prometheus/source-error.ts';
import type { SeriesShape } from '../registry/series.ts';
import type { Log } from '../self/log.ts';
import type { PrometheusBackend } from './backend.ts';
import { ErrorTally } from './error-tally.ts';

/** Times of a {@link SeriesListing}, in milliseconds. */
export interface ListingTimes {
  /** From one list that succeeded to the next. */
  readonly relistIntervalMs: number;
  /** Series without a sample for so long are left out. */
  readonly maxAgeMs: number;
  /** A list must have come within this time. */
  readonly relistTimeoutMs: number;
  /** A series whose metric was asked for within this time stays, whatever a list says. */
  readonly keepRequestedMs: number;
  /** The longest wait after a failure, before jitter. */
  readonly maxBackOffMs: number;
}

/** What a {@link SeriesListing} is made from. */
export interface ListingOptions extends ListingTimes {
  readonly backend: PrometheusBackend;
  /** A rule's `seriesQuery`. */
  readonly seriesQuery: string;
  /** Told when what is known has changed. */
  readonly onChange: () => void;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Names of series remembered as asked for, and found on demand: more than autoscalers name. */
const MAX_REMEMBERED = 10_000;

/**
 * The shapes of the series that one `seriesQuery` finds, listed again on an interval. What the last good list said stays until the
 * next one; what is asked for stays even when a list misses it, since a counter that a restarted pod has not made yet is no reason
 * for an autoscaler to lose its metric.
 */
export class SeriesListing {
  readonly #options: ListingOptions;
  readonly #work: RepeatedWork;
  readonly #requestedAtMs = new Map<string, number>();
  #shapes: readonly SeriesShape[] = [];
  #digest = '';
  #problem: unknown;
  #lastSuccessMs: number | undefined;
  #durationMs: number | undefined;
  readonly #failures = new ErrorTally();

  constructor(options: ListingOptions) {
    this.#options = options;
    this.#work = createRepeatedWork({
      run: (signal) => this.#list(signal),
      intervalMs: options.relistIntervalMs,
      maxBackOffMs: options.maxBackOffMs,
      onError: (error) => {
        this.#fail(error);
      },
    });
  }

  /** What is known. */
  get shapes(): readonly SeriesShape[] {
    return this.#shapes;
  }

  /** Why the last list failed; undefined: it did not. */
  get problem(): unknown {
    return this.#problem;
  }

  /** In milliseconds since the epoch; undefined: never. */
  get lastSuccessMs(): number | undefined {
    return this.#lastSuccessMs;
  }

  /** Of the last list that went well, in milliseconds; undefined: there was none. */
  get durationMs(): number | undefined {
    return this.#durationMs;
  }

  /** How often lists failed, by error code. */
  get failures(): ReadonlyMap<string, number> {
    return this.#failures.counts;
  }

  /** Resolves when a list has been tried, whatever came of it. */
  get triedOnce(): Promise<void> {
    return this.#work.triedOnce;
  }

  /** The first list is at once. */
  start(): void {
    this.#work.start();
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  /** Says that somebody asks for a series' metric. */
  markRequested(seriesName: string): void {
    this.#requestedAtMs.delete(seriesName);
    this.#requestedAtMs.set(seriesName, this.#options.now());
    if (this.#requestedAtMs.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#requestedAtMs.keys();
    if (oldest !== undefined) this.#requestedAtMs.delete(oldest);
  }

  /** Takes series that were found between two lists, because they are asked for. */
  add(found: readonly SeriesShape[]): void {
    for (const { name } of found) this.markRequested(name);
    this.#take([...this.#shapes, ...found]);
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { backend, seriesQuery, maxAgeMs, relistTimeoutMs, now, log } = this.#options;
    const beganMs = performance.now();
    const listed = await backend.client.series(seriesQuery, now() - maxAgeMs, {
      signal,
      timeoutMs: relistTimeoutMs,
    });
    if (this.#problem !== undefined) log('info', 'series are listed again', { seriesQuery });
    this.#problem = undefined;
    this.#lastSuccessMs = now();
    this.#durationMs = performance.now() - beganMs;
    this.#take([...listed, ...this.#stillRequested()]);
  }

  #stillRequested(): SeriesShape[] {
    const sinceMs = this.#options.now() - this.#options.keepRequestedMs;
    return this.#shapes.filter(({ name }) => (this.#requestedAtMs.get(name) ?? 0) > sinceMs);
  }

  #take(shapes: readonly SeriesShape[]): void {
    const distinct = new Map(shapes.map((shape) => [keyOf(shape), shape]));
    const digest = [...distinct.keys()].sort().join('\n');
    if (digest === this.#digest) return;
    this.#digest = digest;
    this.#shapes = [...distinct.values()];
    this.#options.onChange();
  }

  #fail(error: unknown): void {
    const { log, seriesQuery } = this.#options;
    this.#problem = error;
    this.#failures.add(error);
    log('warn', 'series cannot be listed', { seriesQuery, reason: describeError(error) });
  }
}

function keyOf({ name, labelNames }: SeriesShape): string {
  return `${name} ${labelNames.join(' ')}`;
}
