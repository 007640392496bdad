import type { MetricFamily } from '@bellows/exposition';
import type { LabelledHistogram } from '../instruments/histogram.ts';
import type { MetricRegistry } from '../instruments/metric-registry.ts';
import { HEARTBEAT_INTERVAL_MS } from '../memory/heartbeat.ts';
import { family } from './family.ts';
import { WAIT_BUCKETS_SECONDS, waitSamples } from './wait-samples.ts';

/** Time between two samples, in milliseconds: the heartbeat's, so that an idle process is woken once for both. */
export const LOOP_DELAY_INTERVAL_MS: number = HEARTBEAT_INTERVAL_MS;
/** Samples that the gauges are about: the last 10 s. */
const WINDOW_SAMPLES = 100;
/** A process that stood still for longer was stopped, and not busy. */
const MAX_STALL_MS = 3_600_000;

/**
 * Samples how late a timer is, which is how long anything that became due would have waited for the event loop.
 * A long turn keeps samples from being taken, which are counted when it is over: see {@link waitSamples}.
 */
export class LoopDelaySampler {
  readonly #histogram: LabelledHistogram<never>;
  readonly #window = new Float64Array(WINDOW_SAMPLES);
  #samples = 0;
  #dueMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(registry: MetricRegistry) {
    this.#histogram = registry.histogram({
      name: 'nodejs_eventloop_delay_seconds',
      help: 'How long a due timer waited for the main event loop, sampled every 100 ms; never reset.',
      buckets: WAIT_BUCKETS_SECONDS,
    });
  }

  start(): void {
    this.#dueMs = performance.now() + LOOP_DELAY_INTERVAL_MS;
    this.#timer ??= setInterval(() => {
      this.sample(performance.now());
    }, LOOP_DELAY_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Counts the sample that is taken now, and those that were due before. @param nowMs - `performance.now()` */
  sample(nowMs: number): void {
    const longestMs = Math.min(nowMs - this.#dueMs, MAX_STALL_MS);
    for (const lateSeconds of waitSamples(longestMs, LOOP_DELAY_INTERVAL_MS)) {
      this.#count(lateSeconds);
    }
    // Timers fire up to a millisecond early.
    if (nowMs <= this.#dueMs) this.#count(0);
    this.#dueMs = nowMs + LOOP_DELAY_INTERVAL_MS;
  }

  /** prom-client's gauges, about the last 10 s whoever reads them and how often; of the delay alone, without the interval. */
  families(): MetricFamily[] {
    const values = this.#window.slice(0, Math.min(this.#samples, WINDOW_SAMPLES)).sort();
    const { length } = values;
    const last = this.#window[(this.#samples - 1) % WINDOW_SAMPLES] ?? 0;
    const mean = values.reduce((sum, value) => sum + value, 0) / length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
    const at = (share: number): number => values[Math.max(0, Math.ceil(share * length) - 1)] ?? 0;
    const gauge = (part: string, what: string, value: number): MetricFamily =>
      family(
        `nodejs_eventloop_lag_${part}seconds`,
        'gauge',
        what,
        length === 0 ? Number.NaN : value,
      );
    return [
      gauge('', 'Last sample of the event loop delay.', last),
      gauge('min_', 'Smallest event loop delay of the last 10 s.', at(0)),
      gauge('max_', 'Largest event loop delay of the last 10 s.', at(1)),
      gauge('mean_', 'Mean event loop delay of the last 10 s.', mean),
      gauge(
        'stddev_',
        'Standard deviation of the event loop delay of the last 10 s.',
        Math.sqrt(variance),
      ),
      gauge('p50_', 'Median event loop delay of the last 10 s.', at(0.5)),
      gauge('p90_', '90th percentile of the event loop delay of the last 10 s.', at(0.9)),
      gauge('p99_', '99th percentile of the event loop delay of the last 10 s.', at(0.99)),
    ];
  }

  #count(seconds: number): void {
    this.#histogram.observe(seconds);
    this.#window[this.#samples % WINDOW_SAMPLES] = seconds;
    this.#samples += 1;
  }
}
