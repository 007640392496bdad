import type { CounterSeries, GaugeSeries } from '../instruments/instrument.ts';
import type { AgeGauge, MetricRegistry } from '../instruments/metric-registry.ts';
import type { Counter, Gauge } from '../instruments/instrument.ts';

/** How an item ended: the `outcome` label of `queue_items_total`. */
export const QUEUE_OUTCOMES = [
  'completed',
  'failed',
  'full',
  'timed_out',
  'draining',
  'aborted',
] as const;

/** One of {@link QUEUE_OUTCOMES}. */
export type QueueOutcome = (typeof QUEUE_OUTCOMES)[number];

/** What one queue tells of itself. */
export interface QueueMetrics {
  count(outcome: QueueOutcome): void;
  /** @param oldestSinceSeconds - Monotonic time at which the oldest item came; undefined when none waits. */
  showWaiting(length: number, oldestSinceSeconds: number | undefined): void;
}

/** The metrics of all queues of a kit. */
export class QueueMetricFamilies {
  readonly #length: Gauge<'queue'>;
  readonly #oldestAge: AgeGauge<'queue'>;
  readonly #items: Counter<'queue' | 'outcome'>;

  constructor(registry: MetricRegistry) {
    this.#length = registry.gauge({
      name: 'queue_length',
      help: 'Items that wait, without those being worked on.',
      labelNames: ['queue'],
    });
    this.#oldestAge = registry.age({
      name: 'queue_oldest_item_age_seconds',
      help: 'How long the oldest waiting item has waited; 0 when none waits.',
      labelNames: ['queue'],
    });
    this.#items = registry.counter({
      name: 'queue_items_total',
      help: 'Items by how they ended.',
      labelNames: ['queue', 'outcome'],
    });
  }

  /** The series of one queue, all of them there from now on at 0. */
  forQueue(queue: string): QueueMetrics {
    const length: GaugeSeries = this.#length.labels({ queue });
    const oldestAge = this.#oldestAge.labels({ queue });
    const items = Object.fromEntries(
      QUEUE_OUTCOMES.map((outcome) => [outcome, this.#items.labels({ queue, outcome })]),
    ) as Record<QueueOutcome, CounterSeries>;
    return {
      count: (outcome) => {
        items[outcome].inc();
      },
      showWaiting: (count, oldestSinceSeconds) => {
        length.set(count);
        oldestAge.set(oldestSinceSeconds);
      },
    };
  }
}
