import {
  missing,
  observed,
  selectorFromLabelSelector,
  type Observed,
  type Selector,
} from '@bellows/core';
import type { MetricType, PageReading } from '@bellows/exposition';
import { describe, expect, test } from 'vitest';
import { resolveSource, type ResolvedSource } from '../../src/metric/metric-source.ts';
import { podValue } from '../../src/metric/pod-value.ts';
import { SeriesStore } from '../../src/target/series-store.ts';

const START_MS = 1_700_000_000_000;
const QUEUE = resolveSource('queue_length');
const REQUESTS = resolveSource('http_requests_per_second');

const at = (second: number): number => START_MS + second * 1000;
interface Sample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
  readonly type?: MetricType;
  readonly timestampMs?: number;
}
const queue = (value: number, labels: Record<string, string> = {}): Sample => ({
  name: 'queue_length',
  labels,
  value,
});
const requests = (value: number, labels: Record<string, string> = {}): Sample => ({
  name: 'http_requests_total',
  labels,
  value,
});

function readingOf(samples: readonly Sample[]): PageReading {
  const seen = new Map<string, PageReading['series'][number]>();
  let repeatedCount = 0;
  const series = samples.map(({ name, labels, type = 'untyped' }) => {
    const key = JSON.stringify([name, labels]);
    const before = seen.get(key);
    if (before !== undefined) repeatedCount += 1;
    const one = before ?? { name, labels, type };
    seen.set(key, one);
    return one;
  });
  return {
    series,
    values: Float64Array.from(samples, ({ value }) => value),
    timestampsMs: Float64Array.from(samples, ({ timestampMs }) => timestampMs ?? Number.NaN),
    repeatedCount,
    sampleCount: samples.length,
  };
}

/** A store that takes samples and answers with one value. */
class Store {
  readonly #store = new SeriesStore({ intervalMs: 1000, staleAfterMs: 5000 });

  keep(sources: readonly ResolvedSource[]): void {
    this.#store.keep(sources);
  }

  record(samples: readonly Sample[], atMs: number): void {
    this.#store.record(readingOf(samples), atMs);
  }

  recordFailure(reason: string): void {
    this.#store.recordFailure(reason);
  }

  read(source: ResolvedSource, selector: Selector | undefined, nowMs: number): Observed<number> {
    const reading = this.#store.read(source, selector, nowMs);
    return reading.kind === 'series' ? podValue(source, reading.readings) : missing(reading.reason);
  }

  isAbsent(source: ResolvedSource, nowMs: number): boolean {
    const reading = this.#store.read(source, undefined, nowMs);
    return reading.kind === 'missing' && reading.isAbsent;
  }

  seriesNames(): ReadonlySet<string> {
    return this.#store.seriesNames();
  }

  get windowSampleCount(): number {
    return this.#store.windowSampleCount;
  }
}

function storeOf(...sources: ResolvedSource[]): Store {
  const store = new Store();
  store.keep(sources);
  return store;
}

describe('a gauge', () => {
  test('is the value of the last page', () => {
    const store = storeOf(QUEUE);
    store.record([queue(3)], at(0));
    store.record([queue(7)], at(1));
    expect(store.read(QUEUE, undefined, at(1.5))).toEqual(observed(7, at(1)));
  });

  test('is the sum of its series, or of those the selector takes', () => {
    const store = storeOf(QUEUE);
    store.record([queue(3, { queue: 'a' }), queue(4, { queue: 'b' })], at(0));
    const selector = selectorFromLabelSelector({ matchLabels: { queue: 'b' } });
    const other = selectorFromLabelSelector({ matchLabels: { queue: 'c' } });
    expect(store.read(QUEUE, undefined, at(0))).toEqual(observed(7, at(0)));
    expect(store.read(QUEUE, selector, at(0))).toEqual(observed(4, at(0)));
    expect(store.read(QUEUE, other, at(0))).toEqual(
      missing('none of its queue_length series has the labels asked for'),
    );
  });

  test('of zero is zero, and one that is not on the page is missing', () => {
    const store = storeOf(QUEUE);
    store.record([queue(0)], at(0));
    expect(store.read(QUEUE, undefined, at(0))).toEqual(observed(0, at(0)));
    store.record([], at(1));
    expect(store.read(QUEUE, undefined, at(1))).toEqual(missing('its page has no queue_length'));
  });

  test('that is not finite is missing', () => {
    const store = storeOf(QUEUE);
    store.record([queue(NaN), queue(1, { queue: 'a' })], at(0));
    expect(store.read(QUEUE, undefined, at(0))).toEqual(missing('value is NaN'));
  });
});

describe('a rate', () => {
  test('needs two pages', () => {
    const store = storeOf(REQUESTS);
    store.record([requests(100)], at(0));
    expect(store.read(REQUESTS, undefined, at(0))).toEqual(
      missing('http_requests_total needs a second scrape for its rate'),
    );
  });

  test('is the sum of the rates of its series', () => {
    const store = storeOf(REQUESTS);
    for (let second = 0; second <= 20; second += 1) {
      store.record(
        [requests(second * 10, { code: '200' }), requests(second * 2, { code: '500' })],
        at(second),
      );
    }
    const total = store.read(REQUESTS, undefined, at(20));
    expect(total).toMatchObject({ kind: 'value', atMs: at(20) });
    expect(total.kind === 'value' && total.value).toBeCloseTo(12);
  });

  test('counts on over a restart of the process and never falls below zero', () => {
    const store = storeOf(REQUESTS);
    for (let second = 0; second <= 15; second += 1) {
      // 10 a second; the process restarted at second 8.
      store.record([requests(second < 8 ? 1000 + second * 10 : (second - 8) * 10)], at(second));
      const rate = store.read(REQUESTS, undefined, at(second));
      if (rate.kind === 'value') expect(rate.value).toBeGreaterThanOrEqual(0);
    }
    const rate = store.read(REQUESTS, undefined, at(15));
    // What was counted between the last page before the restart and the restart is lost.
    expect(rate.kind === 'value' && rate.value).toBeGreaterThan(9);
    expect(rate.kind === 'value' && rate.value).toBeLessThanOrEqual(10);
  });

  test('is the same whatever order the labels stand in', () => {
    const store = storeOf(REQUESTS);
    store.record([requests(0, { a: '1', b: '2' })], at(0));
    store.record([requests(5, { b: '2', a: '1' })], at(1));
    expect(store.read(REQUESTS, undefined, at(1))).toMatchObject({ kind: 'value' });
  });

  test('of a series that was gone starts anew', () => {
    const store = storeOf(REQUESTS);
    store.record([requests(100)], at(0));
    store.record([], at(1));
    store.record([requests(200)], at(2));
    expect(store.read(REQUESTS, undefined, at(2))).toEqual(
      missing('http_requests_total needs a second scrape for its rate'),
    );
  });
});

describe('a target that cannot be scraped', () => {
  test('is missing before its first page', () => {
    const store = storeOf(QUEUE);
    expect(store.read(QUEUE, undefined, at(0))).toEqual(missing('not scraped yet'));
    store.recordFailure('connection refused');
    expect(store.read(QUEUE, undefined, at(0))).toEqual(missing('connection refused'));
  });

  test('keeps its last value for 5 s, then is missing with the reason', () => {
    const store = storeOf(QUEUE);
    store.record([queue(3)], at(0));
    store.recordFailure('connection refused');
    expect(store.read(QUEUE, undefined, at(5))).toEqual(observed(3, at(0)));
    expect(store.read(QUEUE, undefined, at(5.1))).toEqual(missing('connection refused'));
  });
});

describe('what is kept', () => {
  test('a source that nobody asked for is missing', () => {
    expect(storeOf(QUEUE).read(REQUESTS, undefined, at(0))).toEqual(
      missing('http_requests_total is not among the series collected'),
    );
  });

  test('a source that stays keeps its samples when others come and go', () => {
    const store = storeOf(REQUESTS);
    store.record([requests(0)], at(0));
    store.keep([QUEUE, REQUESTS]);
    store.record([requests(10), queue(1)], at(1));
    expect(store.read(REQUESTS, undefined, at(1))).toMatchObject({ kind: 'value' });
    expect(store.seriesNames()).toEqual(new Set(['queue_length', 'http_requests_total']));
  });

  test('a source with a longer window keeps the samples that the shorter one had', () => {
    const store = storeOf(REQUESTS);
    store.record([requests(0)], at(0));
    const longer = resolveSource('http_requests_per_second', { windowSeconds: 60 });
    store.keep([REQUESTS, longer]);
    store.record([requests(10)], at(1));
    expect(store.read(longer, undefined, at(1))).toEqual(observed(10, at(1)));
  });

  test('is two samples more than fit into a window, whatever comes, and one time a page', () => {
    const store = storeOf(REQUESTS, QUEUE);
    for (let second = 0; second < 100; second += 1)
      store.record([requests(second), queue(second)], at(second));
    expect(store.windowSampleCount).toBe(17 + 17);
  });
});

describe('over a window', () => {
  const as = (how: 'increase' | 'avg' | 'max'): ResolvedSource =>
    resolveSource('x', { as: how, windowSeconds: 10 });
  const x = (value: number): Sample => ({ name: 'x', labels: {}, value });

  test('increase, average and greatest are of the samples in it', () => {
    const sources = [as('increase'), as('avg'), as('max')];
    const store = storeOf(...sources);
    for (const [second, value] of [100, 1, 2, 9, 4].entries())
      store.record([x(value)], at(second * 3));
    // At 3, 6, 9 and 12 s: 1, 2, 9 and 4, which for a counter is a reset.
    expect(sources.map((source) => store.read(source, undefined, at(12)))).toEqual([
      observed(1 + 7 + 4, at(12)),
      observed(4, at(12)),
      observed(9, at(12)),
    ]);
  });

  test('a counter that comes later did not count before: all the time its page was seen divides', () => {
    const store = storeOf(REQUESTS);
    for (let second = 0; second <= 8; second += 1) store.record([], at(second));
    store.record([requests(1)], at(9));
    store.record([requests(6)], at(10));
    expect(store.read(REQUESTS, undefined, at(10))).toEqual(observed(0.5, at(10)));
  });
});

describe('a page that is wrong', () => {
  const fails = (store: Store, samples: readonly Sample[], second: number): unknown => {
    try {
      store.record(samples, at(second));
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test('with more series than windows of that length may hold changes nothing', () => {
    const hour = resolveSource('x', { as: 'max', windowSeconds: 3600 });
    const store = storeOf(hour);
    const many = Array.from({ length: 100 }, (_, index) => ({
      name: 'x',
      labels: { id: String(index) },
      value: 1,
    }));
    expect(fails(store, many, 0)).toMatchObject({ reason: 'series_limit' });
    expect(store.windowSampleCount).toBe(0);
    expect(fails(store, many.slice(0, 72), 0)).toBeUndefined();
  });

  test('with a series that comes twice changes nothing', () => {
    const store = storeOf(QUEUE);
    store.record([queue(3)], at(0));
    expect(fails(store, [queue(4), queue(5)], 1)).toMatchObject({
      reason: 'repeated_series',
      message: 'has queue_length twice with the same labels',
    });
    expect(store.read(QUEUE, undefined, at(1))).toEqual(observed(3, at(0)));
  });

  test('stamped tomorrow changes nothing; a clock that is 5 s ahead is let pass', () => {
    const store = storeOf(QUEUE);
    expect(fails(store, [{ ...queue(3), timestampMs: at(86_400) }], 0)).toMatchObject({
      reason: 'timestamp',
      message: 'stamps queue_length 86400 s in the future',
    });
    expect(fails(store, [{ ...queue(3), timestampMs: at(5) }], 0)).toBeUndefined();
    expect(store.read(QUEUE, undefined, at(0))).toEqual(observed(3, at(0)));
  });

  test('on which a type has changed is refused once, and the windows begin anew', () => {
    const store = storeOf(REQUESTS);
    const typed = (value: number, type: MetricType): Sample => ({ ...requests(value), type });
    store.record([typed(1, 'counter')], at(0));
    store.record([typed(2, 'counter')], at(1));
    expect(fails(store, [typed(3, 'gauge')], 2)).toMatchObject({
      reason: 'type_change',
      message: 'says that http_requests_total is a gauge, after it was a counter',
    });
    store.record([typed(4, 'gauge')], at(3));
    expect(store.read(REQUESTS, undefined, at(3))).toMatchObject({ kind: 'missing' });
    store.record([typed(5, 'gauge')], at(4));
    expect(store.read(REQUESTS, undefined, at(4))).toMatchObject({ kind: 'value' });
    // To say no type is no other type.
    expect(fails(store, [typed(6, 'untyped')], 5)).toBeUndefined();
  });
});

describe('a sample with a time stamp', () => {
  test('is as old as it says, and missing once that is too old', () => {
    const store = storeOf(QUEUE);
    store.record([{ ...queue(3), timestampMs: at(-3) }], at(0));
    expect(store.read(QUEUE, undefined, at(1))).toEqual(observed(3, at(-3)));
    store.record([{ ...queue(3), timestampMs: at(-3) }], at(10));
    expect(store.read(QUEUE, undefined, at(10))).toEqual(
      missing('queue_length is stamped 13 s ago'),
    );
  });
});

test('a target is without a series only while its last page had none', () => {
  const store = storeOf(QUEUE);
  expect(store.isAbsent(QUEUE, at(0))).toBe(true);
  store.record([queue(1)], at(0));
  store.recordFailure('connection refused');
  expect(store.isAbsent(QUEUE, at(9))).toBe(false);
  store.record([], at(10));
  expect(store.isAbsent(QUEUE, at(10))).toBe(true);
});
