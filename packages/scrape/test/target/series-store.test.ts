import { missing, observed, selectorFromLabelSelector } from '@bellows/core';
import type { Sample } from '@bellows/exposition';
import { describe, expect, test } from 'vitest';
import type { ResolvedSource } from '../../src/metric/metric-source.ts';
import { SeriesStore } from '../../src/target/series-store.ts';

const START_MS = 1_700_000_000_000;
const QUEUE: ResolvedSource = { series: 'queue_length', as: 'value', windowSeconds: 0 };
const REQUESTS: ResolvedSource = { series: 'http_requests_total', as: 'rate', windowSeconds: 15 };

const at = (second: number): number => START_MS + second * 1000;
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

function storeOf(...sources: ResolvedSource[]): SeriesStore {
  const store = new SeriesStore({ intervalMs: 1000, staleAfterMs: 5000 });
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

  test('a pod with too many series of a name is missing', () => {
    const store = storeOf(QUEUE);
    store.record(
      Array.from({ length: 2001 }, (_, index) => queue(1, { id: String(index) })),
      at(0),
    );
    expect(store.read(QUEUE, undefined, at(0))).toEqual(
      missing('more than 2000 series of queue_length'),
    );
  });
});
