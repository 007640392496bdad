import type { QueueMetrics, QueueOutcome } from '../queue/queue-metrics.ts';
import { AdaptiveConcurrency } from './adaptive-concurrency.ts';
import { Gate, type Entrant, type Refusal } from './gate.ts';
import { initialConcurrency, type NormalizedLimit } from './limit-options.ts';

/** The places of a limit: its gate, with metrics and, where asked for, an adaptive concurrency. */
export class Places {
  readonly options: NormalizedLimit;
  readonly gate: Gate;
  readonly #metrics: QueueMetrics;
  readonly #adaptive: AdaptiveConcurrency | undefined;

  constructor(options: NormalizedLimit, metrics: QueueMetrics) {
    this.options = options;
    this.#metrics = metrics;
    const concurrency = initialConcurrency(options);
    const { maxLength, maxWaitSeconds, minConcurrency, maxConcurrency } = options;
    this.gate = new Gate({ concurrency, maxLength, maxWaitSeconds }, metrics);
    metrics.showConcurrency(concurrency);
    if (options.concurrency !== 'adaptive') return;
    this.#adaptive = new AdaptiveConcurrency(
      this.gate,
      { initial: concurrency, min: minConcurrency, max: maxConcurrency },
      (limit) => {
        metrics.showConcurrency(limit);
      },
    );
  }

  /** Lets it begin, wait, or not. */
  enter(entrant: Entrant): void {
    this.gate.enter(entrant);
  }

  /** One that waits goes away; does nothing when it does not wait. */
  withdraw(entrant: Entrant, reason: Refusal): void {
    this.gate.withdraw(entrant, reason);
  }

  /** One that ran has ended. @param startMs - When it began, `performance.now()`. */
  leave(outcome: QueueOutcome, startMs: number): void {
    this.#metrics.count(outcome);
    // How long cut work took says nothing about how long work takes.
    if (outcome !== 'aborted') this.#adaptive?.add(startMs);
    this.gate.leave();
  }

  /** Counts one that was not begun. */
  count(outcome: QueueOutcome): void {
    this.#metrics.count(outcome);
  }
}
