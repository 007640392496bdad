import { machineHas } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import {
  averageOverTime,
  bucketQuantile,
  createRandom,
  increaseOverTime,
  maxOverTime,
  rateOverTime,
  SampleWindow,
  type Observed,
} from '../../src/index.ts';
import { askPrometheus, type InputSeries } from '../fixtures/prometheus-rules.ts';

const SECONDS = 15;
const RANGE = { nowMs: SECONDS * 1000, windowMs: SECONDS * 1000 };
const random = createRandom(20_260_101);
const nat = (max: number): number => Math.floor(random() * (max + 1));

function windowOf(values: InputSeries['values']): SampleWindow {
  const window = new SampleWindow();
  for (const [second, value] of values.entries())
    if (value !== undefined) window.add(second * 1000, value);
  return window;
}

const valueOf = (observed: Observed<number>): number | undefined =>
  observed.kind === 'value' ? observed.value : undefined;

/** 40 counters with restarts, each seen at both ends of the window and perhaps not in between. */
const counters = Array.from({ length: 40 }, (_, series): InputSeries => {
  let value = nat(1000);
  const values = Array.from({ length: SECONDS + 1 }, (__, second) => {
    value = random() < 0.1 ? nat(5) : value + nat(20);
    const isSeen = second === 0 || second === SECONDS || random() < 0.8;
    return isSeen ? value : undefined;
  });
  return { series: `x{case="${series}"}`, values };
});

/** Ours and Prometheus' answers, case by case. */
function compare(
  input: readonly InputSeries[],
  expression: (series: string) => string,
  ours: (window: SampleWindow) => Observed<number>,
): { ours: number | undefined; theirs: number | undefined }[] {
  const expressions = input.map(({ series }) => expression(series));
  const theirs = askPrometheus(input, expressions, SECONDS);
  return input.map(({ values }, index) => ({
    ours: valueOf(ours(windowOf(values))),
    theirs: theirs[index],
  }));
}

function expectSame(
  pairs: readonly { ours: number | undefined; theirs: number | undefined }[],
): void {
  for (const { ours, theirs } of pairs) {
    expect(theirs).toBeDefined();
    expect(ours).toBeCloseTo(theirs ?? Number.NaN, 9);
  }
}

if (machineHas('prometheus')) {
  describe('where samples lie at both ends of the window, Prometheus says the same', () => {
    test('of rates', () => {
      expectSame(
        compare(
          counters,
          (x) => `rate(${x}[15s])`,
          (one) => rateOverTime(one, RANGE),
        ),
      );
    });

    test('of increases', () => {
      expectSame(
        compare(
          counters,
          (x) => `increase(${x}[15s])`,
          (one) => increaseOverTime(one, RANGE),
        ),
      );
    });
  });

  describe('whatever lies in the window, Prometheus says the same', () => {
    const gauges = counters.map(({ series, values }) => ({
      series,
      values: values.map((value) => (random() < 0.3 ? undefined : value)),
    }));

    test('of averages', () => {
      expectSame(
        compare(
          gauges,
          (x) => `avg_over_time(${x}[15s])`,
          (one) => averageOverTime(one, RANGE),
        ),
      );
    });

    test('of greatest samples', () => {
      expectSame(
        compare(
          gauges,
          (x) => `max_over_time(${x}[15s])`,
          (one) => maxOverTime(one, RANGE),
        ),
      );
    });
  });

  test('of quantiles of classic histograms Prometheus says the same', () => {
    const histograms = Array.from({ length: 30 }, (_, histogram) => {
      let count = 0;
      const bounds = [-1, 0, 0.1, 0.5, 1, 10].filter(() => random() < 0.7);
      const buckets = [...bounds, Infinity].map((upperBound) => {
        count += nat(3) * nat(10);
        return { upperBound, count };
      });
      return { histogram, quantile: (1 + nat(97)) / 100, buckets };
    });
    const input = histograms.flatMap(({ histogram, buckets }) =>
      buckets.map(({ upperBound, count }) => ({
        series: `h_bucket{case="${histogram}",le="${upperBound === Infinity ? '+Inf' : upperBound}"}`,
        values: [count],
      })),
    );
    const theirs = askPrometheus(
      input,
      histograms.map(
        ({ histogram, quantile }) =>
          `histogram_quantile(${quantile}, sum by (le, case) (h_bucket{case="${histogram}"}))`,
      ),
      0,
    );
    for (const [index, { quantile, buckets }] of histograms.entries()) {
      // Prometheus says NaN where ours says nothing.
      const ours = bucketQuantile(quantile, buckets) ?? Number.NaN;
      expect(Number.isNaN(ours)).toBe(Number.isNaN(theirs[index]));
      if (!Number.isNaN(ours)) expect(ours).toBeCloseTo(theirs[index] ?? Number.NaN, 9);
    }
  });

  describe('where the window is not full, Prometheus extrapolates and ours does not', () => {
    const rateOf = (values: InputSeries['values']): unknown =>
      compare(
        [{ series: 'x', values }],
        (x) => `rate(${x}[15s])`,
        (one) => rateOverTime(one, RANGE),
      )[0];
    const none = new Array<undefined>(13).fill(undefined);

    test('a pod that is new counts 10 a second: Prometheus divides by the whole window', () => {
      expect(rateOf([...none, 0, 10, 20])).toEqual({ ours: 10, theirs: 20 / 15 });
    });

    test('a pod that is new and has counted before it was first seen: Prometheus adds half a step', () => {
      expect(rateOf([...none, 1000, 1010, 1020])).toEqual({
        ours: 10,
        theirs: expect.closeTo(25 / 15, 9) as number,
      });
    });

    test('a pod that failed lately: Prometheus divides by the whole window', () => {
      const values = [0, 10, 20, 30, 40, 50, ...new Array<undefined>(10).fill(undefined)];
      expect(rateOf(values)).toEqual({ ours: 10, theirs: expect.closeTo(55 / 15, 9) as number });
    });

    test('one sample has no rate in either', () => {
      expect(rateOf([...none, undefined, undefined, 5])).toEqual({
        ours: undefined,
        theirs: undefined,
      });
    });
  });
}
