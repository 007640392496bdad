import type { MetricFamily, Sample } from '@bellows/exposition';
import { SCRAPE_FAILURE_REASONS, type ScrapeFailureReason } from '../target/scrape-error.ts';
import type { ScrapeOutcome } from '../target/target-scraper.ts';

/** Bounds of the lateness histogram, in seconds: far below an interval of 1 s, and far beyond. */
const LATENESS_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5] as const;

/** Counts all scrapes since the start, also those of targets that are gone. */
export class ScrapeTotals {
  #scrapes = 0;
  readonly #failures = new Map<ScrapeFailureReason, number>();
  /** One more than bounds: the last is beyond all of them. */
  readonly #lateness = new Array<number>(LATENESS_BOUNDS.length + 1).fill(0);
  #latenessSum = 0;

  add({ latenessSeconds, failure }: ScrapeOutcome): void {
    this.#scrapes += 1;
    if (failure !== undefined) {
      this.#failures.set(failure.reason, (this.#failures.get(failure.reason) ?? 0) + 1);
    }
    const bound = LATENESS_BOUNDS.findIndex((upper) => latenessSeconds <= upper);
    const index = bound === -1 ? LATENESS_BOUNDS.length : bound;
    this.#lateness[index] = (this.#lateness[index] ?? 0) + 1;
    this.#latenessSum += latenessSeconds;
  }

  families(): MetricFamily[] {
    const failures = SCRAPE_FAILURE_REASONS.map((reason) =>
      sample('bellows_scrape_failures_total', this.#failures.get(reason) ?? 0, { reason }),
    );
    return [
      {
        name: 'bellows_scrapes_total',
        type: 'counter',
        help: 'Scrapes that are over, good or not.',
        samples: [sample('bellows_scrapes_total', this.#scrapes)],
      },
      {
        name: 'bellows_scrape_failures_total',
        type: 'counter',
        help: 'Scrapes that failed, by reason.',
        samples: failures,
      },
      {
        name: 'bellows_scrape_lateness_seconds',
        type: 'histogram',
        help: 'From when a scrape was due to when it began.',
        samples: this.#latenessSamples(),
      },
    ];
  }

  #latenessSamples(): Sample[] {
    const name = 'bellows_scrape_lateness_seconds';
    let count = 0;
    const buckets = this.#lateness.map((inBucket, index) => {
      count += inBucket;
      return sample(`${name}_bucket`, count, { le: String(LATENESS_BOUNDS[index] ?? '+Inf') });
    });
    return [...buckets, sample(`${name}_sum`, this.#latenessSum), sample(`${name}_count`, count)];
  }
}

function sample(
  name: string,
  value: number,
  labels: Readonly<Record<string, string>> = {},
): Sample {
  return { name, labels, value };
}
