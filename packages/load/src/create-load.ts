import { BellowsError, createRandom, type Random } from '@bellows/core';
import { createArrivals, defaultDurationSeconds, EVENLY, rateAt } from './arrivals.ts';
import type { LoadTarget } from './client-connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { Load, LoadAccount, LoadOptions, RequestTemplate } from './load.ts';
import { RequestAccount, type AccountedRequest, type Outcome } from './request-account.ts';
import { pickTemplate, renderPath } from './request-template.ts';

/** Default of {@link LoadOptions.timeoutMs}. */
export const DEFAULT_TIMEOUT_MS = 10_000;
/** Default of {@link LoadOptions.requestsPerConnection}. */
export const DEFAULT_REQUESTS_PER_CONNECTION = 5;
/** Default of {@link LoadOptions.maxConnections}. */
export const DEFAULT_MAX_CONNECTIONS = 1024;

/**
 * An arrival goes out up to so much before its time, in milliseconds: timers count whole milliseconds, and
 * one that is always late would add that to every latency.
 */
const EARLY_MS = 1;

/**
 * Creates an open-loop HTTP load: arrivals follow the profile whether or not answers come, every request is
 * accounted for, and none is sent twice.
 *
 * @throws BellowsError `ERR_LOAD_REQUEST` when the target is not `http://host:port`.
 */
export function createLoad(options: LoadOptions): Load {
  return new OpenLoopLoad(options);
}

/** A request from its arrival to its end. */
interface PendingRequest extends AccountedRequest {
  readonly template: RequestTemplate;
  readonly path: string;
  readonly timer: NodeJS.Timeout;
  isSettled: boolean;
  isReused: boolean;
  giveUp: (() => void) | undefined;
}

class OpenLoopLoad implements Load {
  readonly #options: LoadOptions;
  readonly #timeoutMs: number;
  readonly #durationSeconds: number;
  readonly #nextArrival: () => number | undefined;
  readonly #requestRandom: Random;
  readonly #account = new RequestAccount();
  readonly #pool: ConnectionPool;
  readonly #waiting: PendingRequest[] = [];
  readonly #finish: (account: LoadAccount) => void;
  readonly done: Promise<LoadAccount>;
  #startedAtMs: number | undefined;
  #nextAtSeconds: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: LoadOptions) {
    const { profile, seed = 1 } = options;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#durationSeconds = options.durationSeconds ?? defaultDurationSeconds(profile.points);
    // One generator each, so that the arrivals stay the same whatever the answers are.
    const random = options.arrivals === 'even' ? EVENLY : createRandom(seed);
    this.#nextArrival = createArrivals(profile.points, this.#durationSeconds, random);
    this.#requestRandom = createRandom(seed ^ 0x5bd1e995);
    this.#pool = new ConnectionPool({
      target: parseTarget(options.target),
      maxConnections: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
      requestsPerConnection: options.requestsPerConnection ?? DEFAULT_REQUESTS_PER_CONNECTION,
      random: createRandom(seed ^ 0x1b873593),
      onAvailable: () => {
        this.#sendWaiting();
      },
    });
    let finish: ((account: LoadAccount) => void) | undefined;
    this.done = new Promise((resolve) => {
      finish = resolve;
    });
    this.#finish = (account) => finish?.(account);
  }

  start(): void {
    if (this.#startedAtMs !== undefined || this.#isOver) return;
    this.#startedAtMs = performance.now();
    this.#nextAtSeconds = this.#nextArrival();
    this.#schedule();
  }

  offeredPerSecond(): number {
    if (this.#startedAtMs === undefined || this.#isOver) return 0;
    const seconds = (performance.now() - this.#startedAtMs) / 1000;
    return seconds < this.#durationSeconds ? rateAt(this.#options.profile.points, seconds) : 0;
  }

  account(): LoadAccount {
    return this.#account.read(performance.now());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#finishIfDone();
  }

  /** Sets the timer of the next arrival, or of the end of the profile. */
  #schedule(): void {
    const atSeconds = this.#nextAtSeconds ?? this.#durationSeconds;
    if (this.#isOver || atSeconds === Infinity) return;
    const inMs = (this.#startedAtMs ?? 0) + atSeconds * 1000 - EARLY_MS - performance.now();
    const atMostMs = 2 ** 31 - 1;
    this.#timer = setTimeout(
      () => {
        // After the poll phase: an idle connection whose close has arrived is not picked any more.
        setImmediate(() => {
          this.#sendDue();
        });
      },
      Math.min(Math.max(0, Math.floor(inMs)), atMostMs),
    );
  }

  #sendDue(): void {
    if (this.#isOver) return;
    const startedAtMs = this.#startedAtMs ?? 0;
    const nowMs = performance.now();
    while (this.#nextAtSeconds !== undefined) {
      const dueAtMs = startedAtMs + this.#nextAtSeconds * 1000;
      if (dueAtMs > nowMs + EARLY_MS) break;
      this.#arrive(Math.min(dueAtMs, nowMs), nowMs);
      this.#nextAtSeconds = this.#nextArrival();
    }
    const isPastEnd = nowMs >= startedAtMs + this.#durationSeconds * 1000 - EARLY_MS;
    if (this.#nextAtSeconds === undefined && isPastEnd) this.stop();
    else this.#schedule();
  }

  #arrive(arrivedAtMs: number, nowMs: number): void {
    const template = pickTemplate(this.#options.profile.requests, this.#requestRandom);
    const path = renderPath(template.path, this.#requestRandom);
    const pending: PendingRequest = {
      arrivedAtMs,
      title: `${template.method} ${path}`,
      template,
      path,
      timer: setTimeout(
        () => {
          const detail = `no complete answer within ${this.#timeoutMs} ms`;
          this.#settle(pending, { kind: 'lost', loss: 'timedOut', detail });
          pending.giveUp?.();
        },
        this.#timeoutMs - (nowMs - arrivedAtMs),
      ),
      isSettled: false,
      isReused: false,
      giveUp: undefined,
    };
    this.#account.addArrival(nowMs);
    if (this.#waiting.length > 0 || !this.#trySend(pending, nowMs)) this.#waiting.push(pending);
  }

  #sendWaiting(): void {
    const nowMs = performance.now();
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined || !(next.isSettled || this.#trySend(next, nowMs))) return;
      this.#waiting.shift();
    }
  }

  #trySend(pending: PendingRequest, nowMs: number): boolean {
    const connection = this.#pool.acquire(nowMs, this.offeredPerSecond());
    if (connection === undefined) return false;
    const { method, body } = pending.template;
    pending.isReused = connection.isReused;
    pending.giveUp = connection.send({ method, path: pending.path, body }, (outcome) => {
      this.#settle(pending, outcome);
    });
    return true;
  }

  #settle(pending: PendingRequest, outcome: Outcome): void {
    if (pending.isSettled) return;
    pending.isSettled = true;
    clearTimeout(pending.timer);
    this.#account.addOutcome(pending, outcome, performance.now(), pending.isReused);
    this.#finishIfDone();
  }

  #finishIfDone(): void {
    if (!this.#isOver || this.#account.inFlight > 0) return;
    this.#pool.close();
    this.#finish(this.account());
  }
}

function parseTarget(target: string): LoadTarget {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.protocol !== 'http:' || url.pathname !== '/' || url.hostname === '') {
    throw new BellowsError(
      'ERR_LOAD_REQUEST',
      `Expected a target such as http://127.0.0.1:8080, got ${JSON.stringify(target)}`,
      { remedy: 'Give scheme, host and port only; paths stand in the profile' },
    );
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 80 : Number(url.port),
  };
}
