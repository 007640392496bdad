import type { Drainable } from '../drain/drainable.ts';
import { Gate, type Entrant, type Refusal } from '../limit/gate.ts';
import { rankOf } from '../limit/priority.ts';
import { refusalError } from '../limit/refusal-error.ts';
import type { Queue, Work } from './queue.ts';
import { QueueFetcher } from './queue-fetcher.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { QueueMetrics } from './queue-metrics.ts';

/** The promise that `push` returned. */
interface Pushed {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

interface Running {
  readonly controller: AbortController;
  readonly reject: (reason: unknown) => void;
}

const RANK = rankOf('normal');

/** A queue first in, first out, with bounds on length, wait and concurrency. */
export class BoundedQueue<T> implements Queue<T>, Drainable {
  readonly #work: Work<T>;
  readonly #limits: QueueLimits<T>;
  readonly #metrics: QueueMetrics;
  readonly #onChange: () => void;
  readonly #gate: Gate;
  readonly #fetcher: QueueFetcher<T> | undefined;
  readonly #running = new Set<Running>();
  #isAborting = false;
  #ended = 0;
  #cut = 0;

  /** @param onChange - Told whenever an item has left the queue. */
  constructor(work: Work<T>, limits: QueueLimits<T>, metrics: QueueMetrics, onChange: () => void) {
    this.#work = work;
    this.#limits = limits;
    this.#metrics = metrics;
    this.#onChange = onChange;
    this.#gate = new Gate(limits, metrics);
    metrics.showConcurrency(limits.concurrency);
    if (limits.fetch !== undefined) {
      this.#fetcher = new QueueFetcher(limits.fetch, {
        hasRoom: () => this.length === 0 && this.#gate.running < limits.concurrency,
        take: (item) => void this.push(item),
        onFailure: () => {
          metrics.countFetchFailure();
        },
        onEnd: onChange,
      });
    }
  }

  get length(): number {
    return this.#gate.length;
  }

  get running(): number {
    return this.#running.size;
  }

  get pending(): number {
    return this.length + this.#running.size + (this.#fetcher?.isFetching === true ? 1 : 0);
  }

  get ended(): number {
    return this.#ended;
  }

  /** Begins to fetch, where there is something to fetch from. */
  start(): void {
    this.#fetcher?.start();
  }

  push(item: T): Promise<void> {
    const pushed = new Promise<void>((resolve, reject) => {
      this.#gate.enter(this.#entrant(item, { resolve, reject }));
    });
    // The caller may look at it, but need not.
    pushed.catch(() => undefined);
    return pushed;
  }

  startDraining(): void {
    this.#fetcher?.stop();
  }

  refuse(): void {
    this.#gate.close();
  }

  abort(reason: unknown): void {
    this.#fetcher?.stop();
    this.#isAborting = true;
    this.#gate.clear();
    for (const { controller } of this.#running) controller.abort(reason);
  }

  abandon(): number {
    for (const { reject } of this.#running) {
      this.#cut += 1;
      this.#metrics.count('aborted');
      reject(refusalError(this.#limits, 'draining'));
    }
    this.#running.clear();
    this.#fetcher?.abandon();
    return this.#cut;
  }

  #entrant(item: T, pushed: Pushed): Entrant {
    return {
      rank: RANK,
      deadlineSeconds: Infinity,
      start: () => void this.#run(item, pushed),
      refuse: (reason) => {
        this.#countRefused(reason);
        pushed.reject(refusalError(this.#limits, reason));
      },
    };
  }

  #countRefused(reason: Refusal): void {
    if (this.#isAborting) {
      this.#cut += 1;
      this.#metrics.count('aborted');
      return;
    }
    this.#metrics.count(reason);
    if (reason !== 'timed_out') return;
    this.#ended += 1;
    this.#onChange();
  }

  async #run(item: T, { resolve, reject }: Pushed): Promise<void> {
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
    const isGivenUp = !this.#running.delete(running);
    if (!isGivenUp) {
      this.#ended += 1;
      this.#metrics.count(settle === resolve ? 'completed' : 'failed');
      settle();
    }
    this.#gate.leave();
    this.#fetcher?.fetchOn();
    this.#onChange();
  }
}
