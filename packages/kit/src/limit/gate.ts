import { monotonicSeconds } from '../instruments/age-gauge.ts';
import { LoopTurn } from './loop-turn.ts';
import { WaitingLine, type Place } from './waiting-line.ts';
import { timerDelayMs } from '../time-limit.ts';

/**
 * Why work was not begun: there is no room to wait, it waited for too long, its caller's time was over, its caller
 * went away, or the service leaves.
 */
export type Refusal = 'full' | 'timed_out' | 'deadline' | 'cancelled' | 'draining';

/** Work that asks to be begun. Exactly one of `start` and `refuse` is called, once, maybe before `enter` returns. */
export interface Entrant extends Place {
  /** Monotonic time after which it is of no use, in seconds; Infinity for none. */
  readonly deadlineSeconds: number;
  /** Set by the gate: monotonic time at which it began to wait, in seconds. */
  sinceSeconds?: number | undefined;
  /** Its turn has come: it runs until {@link Gate.leave} is called. Must not throw. */
  start(): void;
  /** It is not begun. Must not throw. */
  refuse(reason: Refusal): void;
}

/** Bounds of a gate. */
export interface GateLimits {
  /** How much may run at once, 1 or more. */
  readonly concurrency: number;
  /** How many may wait, 0 or more. */
  readonly maxLength: number;
  /** How long each may wait, in seconds; Infinity for no bound. */
  readonly maxWaitSeconds: number;
}

/** What a gate tells of itself. */
export interface GateView {
  /** @param oldestSinceSeconds - Monotonic time since which the oldest waits; undefined when nothing does. */
  showWaiting(length: number, oldestSinceSeconds: number | undefined): void;
  showRunning(running: number): void;
}

/**
 * The one bound on work: so much at once, so many waiting for so long. Queues, limits and pools are uses of it.
 * What comes when all places are taken takes that of the newest less urgent one, or is refused.
 */
export class Gate {
  readonly #maxLength: number;
  readonly #maxWaitSeconds: number;
  readonly #view: GateView;
  readonly #line = new WaitingLine<Entrant>();
  readonly #turn: LoopTurn;
  readonly #deadlines = new Map<Entrant, NodeJS.Timeout>();
  #concurrency: number;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isDispatching = false;

  constructor({ concurrency, maxLength, maxWaitSeconds }: GateLimits, view: GateView) {
    this.#concurrency = concurrency;
    this.#maxLength = maxLength;
    this.#maxWaitSeconds = maxWaitSeconds;
    this.#view = view;
    this.#turn = new LoopTurn(
      () => this.#line.length > 0 && this.#hasRoom(),
      () => {
        this.#dispatch();
      },
    );
  }

  /** How many wait. */
  get length(): number {
    return this.#line.length;
  }

  /** How many run. */
  get running(): number {
    return this.#running;
  }

  /** How many may run at once. More than before begin at once, fewer as those that run end. */
  get concurrency(): number {
    return this.#concurrency;
  }

  set concurrency(concurrency: number) {
    this.#concurrency = concurrency;
    this.#dispatch();
  }

  /** Lets it begin, wait, or not. */
  enter(entrant: Entrant): void {
    this.#turn.noteArrival();
    if (this.#isClosed) entrant.refuse('draining');
    else if (this.#line.length === 0 && this.#hasRoom() && this.#turn.hasTime()) {
      this.#start(entrant);
    } else this.#wait(entrant);
  }

  /** One that waits goes away. Does nothing when it does not wait. @returns whether it has waited. */
  withdraw(entrant: Entrant, reason: Refusal): boolean {
    if (entrant.sinceSeconds === undefined) return false;
    this.#take(entrant);
    entrant.refuse(reason);
    this.#show();
    return true;
  }

  /** One that ran has ended: the next one begins. */
  leave(): void {
    this.#running -= 1;
    this.#dispatch();
  }

  /** Refuses from now on. What waits and what runs is not touched. */
  close(): void {
    this.#isClosed = true;
  }

  /** Refuses from now on, and what waits, too. */
  clear(): void {
    this.close();
    for (let next = this.#line.first; next !== undefined; next = this.#line.first) {
      this.#take(next);
      next.refuse('draining');
    }
    this.#show();
  }

  #hasRoom(): boolean {
    return this.#running < this.#concurrency;
  }

  #wait(entrant: Entrant): void {
    // Who waits for nothing but the next turn of the loop has a place that is free to run.
    const places = this.#maxLength + Math.max(0, this.#concurrency - this.#running);
    if (this.#line.length >= places) {
      const last = this.#line.last;
      if (last === undefined || last.rank <= entrant.rank) {
        entrant.refuse('full');
        return;
      }
      this.#take(last);
      last.refuse('full');
    }
    entrant.sinceSeconds = monotonicSeconds();
    this.#line.add(entrant);
    if (entrant.deadlineSeconds !== Infinity) this.#watchDeadline(entrant, entrant.sinceSeconds);
    this.#dispatch();
  }

  #watchDeadline(entrant: Entrant, nowSeconds: number): void {
    const leftMs = Math.ceil((entrant.deadlineSeconds - nowSeconds) * 1000);
    const timer = setTimeout(() => {
      this.withdraw(entrant, 'deadline');
    }, timerDelayMs(leftMs));
    this.#deadlines.set(entrant, timer.unref());
  }

  /** Begins what may begin now. Not entered again by what it begins, so that the order is kept. */
  #dispatch(): void {
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      while (this.#hasRoom()) {
        const next = this.#line.first;
        if (next === undefined || !this.#turn.hasTime()) break;
        const overdue = this.#overdue(next, monotonicSeconds());
        this.#take(next);
        if (overdue === undefined) this.#start(next);
        else next.refuse(overdue);
      }
    } finally {
      // A middleware behind it may throw: that is one request's, and must not be the end of all.
      this.#isDispatching = false;
      this.#show();
    }
  }

  #start(entrant: Entrant): void {
    this.#running += 1;
    this.#view.showRunning(this.#running);
    entrant.start();
  }

  #overdue(entrant: Entrant, nowSeconds: number): Refusal | undefined {
    if (nowSeconds >= entrant.deadlineSeconds) return 'deadline';
    const waitedSeconds = nowSeconds - (entrant.sinceSeconds ?? nowSeconds);
    return waitedSeconds >= this.#maxWaitSeconds ? 'timed_out' : undefined;
  }

  #take(entrant: Entrant): void {
    this.#line.remove(entrant);
    entrant.sinceSeconds = undefined;
    const timer = this.#deadlines.get(entrant);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#deadlines.delete(entrant);
  }

  /** Shows length and age of what waits, and watches over the oldest: one timer for all of them. */
  #show(): void {
    const oldestSeconds = this.#oldestSeconds();
    this.#view.showWaiting(this.#line.length, oldestSeconds);
    this.#view.showRunning(this.#running);
    if (oldestSeconds === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined && this.#maxWaitSeconds !== Infinity) {
      const leftSeconds = oldestSeconds + this.#maxWaitSeconds - monotonicSeconds();
      this.#timer = setTimeout(this.#dropOverdue, Math.max(1, Math.ceil(leftSeconds * 1000)));
      this.#timer.unref(); // What runs keeps the process alive, not what waits for it.
    }
  }

  #oldestSeconds(): number | undefined {
    if (this.#line.length === 0) return undefined;
    return Math.min(...this.#line.fronts.map(({ sinceSeconds }) => sinceSeconds ?? Infinity));
  }

  readonly #dropOverdue = (): void => {
    this.#timer = undefined;
    const nowSeconds = monotonicSeconds();
    const isOverdue = (entrant: Entrant): boolean =>
      (entrant.sinceSeconds ?? nowSeconds) + this.#maxWaitSeconds <= nowSeconds;
    for (;;) {
      const overdue = this.#line.fronts.find(isOverdue);
      if (overdue === undefined) break;
      this.#take(overdue);
      overdue.refuse('timed_out');
    }
    this.#show();
  };
}
