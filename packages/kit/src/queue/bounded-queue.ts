import { BellowsError } from '@bellows/core';
import type { Drainable } from '../drain/drainable.ts';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import type { Queue, Work } from './queue.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { QueueMetrics } from './queue-metrics.ts';

interface Waiting<T> {
  readonly item: T;
  readonly sinceSeconds: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

interface Running {
  readonly controller: AbortController;
  readonly reject: (reason: unknown) => void;
}

/** A queue first in, first out, with bounds on length, wait and concurrency. */
export class BoundedQueue<T> implements Queue<T>, Drainable {
  readonly #work: Work<T>;
  readonly #limits: QueueLimits;
  readonly #metrics: QueueMetrics;
  readonly #onChange: () => void;
  /** In the order they came; those before `#head` have left. */
  #waiting: (Waiting<T> | undefined)[] = [];
  #head = 0;
  readonly #running = new Set<Running>();
  #timer: NodeJS.Timeout | undefined;
  #isRefusing = false;
  #ended = 0;
  #cut = 0;

  /** @param onChange - Told whenever an item has left the queue. */
  constructor(work: Work<T>, limits: QueueLimits, metrics: QueueMetrics, onChange: () => void) {
    this.#work = work;
    this.#limits = limits;
    this.#metrics = metrics;
    this.#onChange = onChange;
  }

  get length(): number {
    return this.#waiting.length - this.#head;
  }

  get running(): number {
    return this.#running.size;
  }

  get pending(): number {
    return this.length + this.running;
  }

  get ended(): number {
    return this.#ended;
  }

  push(item: T): Promise<void> {
    if (this.#isRefusing) {
      this.#metrics.count('draining');
      return Promise.reject(draining(this.#limits.name));
    }
    const mayRunNow = this.running < this.#limits.concurrency;
    if (!mayRunNow && this.length >= this.#limits.maxLength) {
      this.#metrics.count('full');
      return Promise.reject(this.#full());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, sinceSeconds: monotonicSeconds(), resolve, reject });
      this.#startWaiting();
    });
  }

  refuse(): void {
    this.#isRefusing = true;
  }

  abort(): void {
    this.refuse();
    for (let entry = this.#shift(); entry !== undefined; entry = this.#shift()) {
      this.#cut += 1;
      this.#metrics.count('aborted');
      entry.reject(draining(this.#limits.name));
    }
    this.#showWaiting();
    for (const { controller } of this.#running) controller.abort(draining(this.#limits.name));
  }

  abandon(): number {
    for (const { reject } of this.#running) {
      this.#cut += 1;
      this.#metrics.count('aborted');
      reject(draining(this.#limits.name));
    }
    this.#running.clear();
    return this.#cut;
  }

  #startWaiting(): void {
    while (this.running < this.#limits.concurrency) {
      const entry = this.#shift();
      if (entry === undefined) break;
      void this.#run(entry);
    }
    this.#showWaiting();
  }

  async #run({ item, resolve, reject }: Waiting<T>): Promise<void> {
    const running: Running = { controller: new AbortController(), reject };
    this.#running.add(running);
    let settle = resolve;
    try {
      await this.#work(item, running.controller.signal);
    } catch (error) {
      settle = () => {
        reject(error);
      };
    }
    // An item the drain has given up is accounted for already.
    if (!this.#running.delete(running)) return;
    this.#ended += 1;
    this.#metrics.count(settle === resolve ? 'completed' : 'failed');
    settle();
    this.#startWaiting();
    this.#onChange();
  }

  #shift(): Waiting<T> | undefined {
    const entry = this.#waiting[this.#head];
    if (entry === undefined) return undefined;
    this.#waiting[this.#head] = undefined;
    this.#head += 1;
    // The part that has left is dropped when it is half of the list: constant cost per item.
    if (this.#head * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }

  /** Shows length and age of what waits, and watches over the oldest: one timer for all of them. */
  #showWaiting(): void {
    const oldest = this.#waiting[this.#head];
    this.#metrics.showWaiting(this.length, oldest?.sinceSeconds);
    if (oldest === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined && this.#limits.maxWaitSeconds !== Infinity) {
      const leftSeconds = oldest.sinceSeconds + this.#limits.maxWaitSeconds - monotonicSeconds();
      this.#timer = setTimeout(
        () => {
          this.#timer = undefined;
          this.#dropOverdue();
        },
        Math.max(1, Math.ceil(leftSeconds * 1000)),
      ).unref(); // What is being worked on keeps the process alive, not what waits for it.
    }
  }

  #dropOverdue(): void {
    const bornBefore = monotonicSeconds() - this.#limits.maxWaitSeconds;
    for (;;) {
      const oldest = this.#waiting[this.#head];
      if (oldest === undefined || oldest.sinceSeconds > bornBefore) break;
      this.#shift();
      this.#ended += 1;
      this.#metrics.count('timed_out');
      oldest.reject(this.#waitedTooLong());
    }
    this.#showWaiting();
    this.#onChange();
  }

  #full(): BellowsError {
    const { name, maxLength } = this.#limits;
    return new BellowsError(
      'ERR_KIT_QUEUE_FULL',
      `Expected fewer than ${maxLength} waiting items in queue ${name}, got ${this.length}`,
      { remedy: 'Answer 503 and let more replicas or a higher concurrency work it off.' },
    );
  }

  #waitedTooLong(): BellowsError {
    const { name, maxWaitSeconds } = this.#limits;
    return new BellowsError(
      'ERR_KIT_QUEUE_TIMEOUT',
      `Expected work on an item of queue ${name} to begin within ${maxWaitSeconds} s; it did not`,
      { remedy: 'Answer 503 and let more replicas or a higher concurrency work it off.' },
    );
  }
}

function draining(name: string): BellowsError {
  return new BellowsError(
    'ERR_KIT_DRAINING',
    `Expected queue ${name} to be open, got: the service is shutting down`,
    { remedy: 'Give the item to another replica.' },
  );
}
