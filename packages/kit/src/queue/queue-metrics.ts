import { BellowsError } from '@bellows/core';
import type { Counter, CounterSeries, Gauge } from '../instruments/instrument.ts';
import type { AgeGauge } from '../instruments/age-gauge.ts';
import type { MetricRegistry } from '../instruments/metric-registry.ts';
import type { GateView } from '../limit/gate.ts';

/** How an item ended: the `outcome` label of `queue_items_total`. */
export const QUEUE_OUTCOMES = [
  'completed',
  'failed',
  'full',
  'timed_out',
  'deadline',
  'cancelled',
  'draining',
  'aborted',
] as const;

/** One of {@link QUEUE_OUTCOMES}. */
export type QueueOutcome = (typeof QUEUE_OUTCOMES)[number];

/** What one queue, limit or pool tells of itself. */
export interface QueueMetrics extends GateView {
  count(outcome: QueueOutcome): void;
  countFetchFailure(): void;
  showConcurrency(concurrency: number): void;
}

/** The metrics of all queues, limits and pools of a kit: to a reader each is a queue. */
export class QueueMetricFamilies {
  readonly #length: Gauge<'queue'>;
  readonly #oldestAge: AgeGauge<'queue'>;
  readonly #running: Gauge<'queue'>;
  readonly #concurrency: Gauge<'queue'>;
  readonly #items: Counter<'queue' | 'outcome'>;
  readonly #fetchFailures: Counter<'queue'>;
  readonly #names = new Set<string>();

  constructor(registry: MetricRegistry) {
    const labelNames = ['queue'] as const;
    this.#length = registry.gauge({
      name: 'queue_length',
      help: 'Items that wait, without those being worked on.',
      labelNames,
    });
    this.#oldestAge = registry.age({
      name: 'queue_oldest_item_age_seconds',
      help: 'How long the oldest waiting item has waited; 0 when none waits.',
      labelNames,
    });
    this.#running = registry.gauge({
      name: 'queue_items_running',
      help: 'Items being worked on.',
      labelNames,
    });
    this.#concurrency = registry.gauge({
      name: 'queue_concurrency_limit',
      help: 'How many items may be worked on at once.',
      labelNames,
    });
    this.#items = registry.counter({
      name: 'queue_items_total',
      help: 'Items by how they ended.',
      labelNames: ['queue', 'outcome'],
    });
    this.#fetchFailures = registry.counter({
      name: 'queue_fetch_failures_total',
      help: 'Fetches of a next item that threw.',
      labelNames,
    });
  }

  /**
   * The series of one queue, all of them there from now on at 0.
   * @throws BellowsError `ERR_KIT_OPTION` when there is one of this name.
   */
  forQueue(queue: string): QueueMetrics {
    if (this.#names.has(queue)) {
      throw new BellowsError(
        'ERR_KIT_OPTION',
        `Expected \`name\` of a queue, limit or pool to be free, got \`${queue}\``,
        { place: { field: 'name' }, remedy: 'Create each once, under a name of its own.' },
      );
    }
    this.#names.add(queue);
    const length = this.#length.labels({ queue });
    const oldestAge = this.#oldestAge.labels({ queue });
    const running = this.#running.labels({ queue });
    const concurrency = this.#concurrency.labels({ queue });
    const fetchFailures = this.#fetchFailures.labels({ queue });
    const items = Object.fromEntries(
      QUEUE_OUTCOMES.map((outcome) => [outcome, this.#items.labels({ queue, outcome })]),
    ) as Record<QueueOutcome, CounterSeries>;
    return {
      count: (outcome) => {
        items[outcome].inc();
      },
      countFetchFailure: () => {
        fetchFailures.inc();
      },
      showWaiting: (count, oldestSinceSeconds) => {
        length.set(count);
        oldestAge.set(oldestSinceSeconds);
      },
      showRunning: (count) => {
        running.set(count);
      },
      showConcurrency: (limit) => {
        concurrency.set(limit);
      },
    };
  }
}
