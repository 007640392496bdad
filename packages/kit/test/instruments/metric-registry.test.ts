import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExposition, writeExposition } from '@bellows/exposition';
import { MetricsView } from '../../src/admin/metrics-view.ts';
import { monotonicSeconds } from '../../src/instruments/age-gauge.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';

/** What another thread would render now. */
function render(registry: MetricRegistry, nowSeconds = monotonicSeconds()): string {
  const view = new MetricsView();
  for (const entry of registry.journal.entries) view.apply(structuredClone(entry));
  return writeExposition([...view.families(nowSeconds), ...view.accounts()]);
}

const linesOf = (page: string, name: string): string[] =>
  page.split('\n').filter((line) => line.startsWith(name));

test.each(['counter', 'gauge', 'histogram', 'summary'] as const)(
  'a %s without options is refused in words',
  (type) => {
    expect(() => new MetricRegistry(10)[type](undefined as never)).toThrow(
      expect.objectContaining({ code: 'ERR_KIT_METRIC' }),
    );
  },
);

describe('a counter', () => {
  test('without labels is there at 0 from the start', () => {
    const registry = new MetricRegistry(10);
    const counter = registry.counter({ name: 'orders_total', help: 'Orders.' });
    expect(linesOf(render(registry), 'orders_total')).toEqual(['orders_total 0']);
    counter.inc();
    counter.inc(2.5);
    expect(linesOf(render(registry), 'orders_total')).toEqual(['orders_total 3.5']);
  });

  test('takes labels in any order, as an object or as a kept series', () => {
    const registry = new MetricRegistry(10);
    const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['one', 'two'] });
    counter.inc({ two: 2, one: 'b' });
    counter.inc({ one: 'b', two: '2' }, 3);
    const series = counter.labels({ one: 'b', two: 2 });
    series.inc(4);
    expect(linesOf(render(registry), 'a_total')).toEqual(['a_total{one="b",two="2"} 8']);
  });

  test('leaves a label out that has no value', () => {
    const registry = new MetricRegistry(10);
    registry.counter({ name: 'a_total', help: 'x', labelNames: ['one', 'two'] }).inc({ two: 'x' });
    expect(linesOf(render(registry), 'a_total')).toEqual(['a_total{two="x"} 1']);
  });

  test.each([-1, Number.NaN, Infinity, '5' as never])('refuses to rise by %s', (by) => {
    const counter = new MetricRegistry(10).counter({ name: 'a_total', help: 'x' });
    expect(() => {
      counter.inc(by);
    }).toThrow(/finite and 0 or more/);
  });

  test('refuses a label it does not have', () => {
    const counter = new MetricRegistry(10).counter({
      name: 'a_total',
      help: 'x',
      labelNames: ['one'],
    });
    expect(() => {
      counter.inc({ other: 'x' } as never);
    }).toThrow(/among \[one\], got `other`/);
  });
});

describe('a gauge', () => {
  test('goes up and down', () => {
    const registry = new MetricRegistry(10);
    const gauge = registry.gauge({ name: 'level', help: 'x', labelNames: ['tank'] });
    gauge.set({ tank: 'a' }, 5);
    gauge.inc({ tank: 'a' });
    gauge.dec({ tank: 'a' }, 8);
    gauge.labels({ tank: 'b' }).set(1);
    expect(linesOf(render(registry), 'level')).toEqual(['level{tank="a"} -2', 'level{tank="b"} 1']);
  });

  test('may be set to NaN, which is how Prometheus says that there is no value', () => {
    const registry = new MetricRegistry(10);
    registry.gauge({ name: 'level', help: 'x' }).set(Number.NaN);
    expect(linesOf(render(registry), 'level')).toEqual(['level NaN']);
  });

  test('refuses what is no number, and to change by what is not finite', () => {
    const gauge = new MetricRegistry(10).gauge({ name: 'level', help: 'x' });
    expect(() => {
      gauge.set('5' as never);
    }).toThrow(/a number, got `5` \(string\)/);
    expect(() => {
      gauge.inc(-Infinity);
    }).toThrow(/finite number/);
  });
});

describe('a histogram', () => {
  test('counts a value in the first bucket whose bound is not below it', () => {
    const registry = new MetricRegistry(10);
    const histogram = registry.histogram({ name: 'd', help: 'x', buckets: [1, 2.5] });
    for (const value of [0.5, 1, 1.5, 2.5, 3]) histogram.observe(value);
    expect(linesOf(render(registry), 'd_')).toEqual([
      'd_bucket{le="1"} 2',
      'd_bucket{le="2.5"} 4',
      'd_bucket{le="+Inf"} 5',
      'd_sum 8.5',
      'd_count 5',
    ]);
  });

  test('has a count that agrees with its values, whatever they are', () => {
    const buckets = fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 20,
    });
    const values = fc.array(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    );
    fc.assert(
      fc.property(buckets, values, (bounds, observed) => {
        const registry = new MetricRegistry(10);
        const rising = [...new Set(bounds.map((bound) => bound + 0))].sort((a, b) => a - b);
        const histogram = registry.histogram({ name: 'd', help: 'x', buckets: rising });
        for (const value of observed) histogram.observe(value);
        const lines = linesOf(render(registry), 'd_');
        expect(lines.at(-1)).toBe(`d_count ${observed.length}`);
        rising.forEach((bound, index) => {
          const below = observed.filter((value) => value <= bound).length;
          expect(lines[index]?.split(' ').at(-1)).toBe(String(below));
        });
      }),
    );
  });

  test.each([[[]], [[2, 1]], [[1, 1]], [[Number.NaN]], [[1, Infinity]]])(
    'refuses buckets %j',
    (buckets) => {
      const registry = new MetricRegistry(10);
      expect(() => registry.histogram({ name: 'd', help: 'x', buckets })).toThrow(/rising numbers/);
    },
  );
});

test("an age counts on by the reader's clock and is 0 when there is nothing", () => {
  const registry = new MetricRegistry(10);
  const age = registry.age({ name: 'age_seconds', help: 'x', labelNames: ['queue'] });
  age.labels({ queue: 'a' }).set(100);
  age.labels({ queue: 'b' }).set(undefined);
  expect(linesOf(render(registry, 103.5), 'age_seconds')).toEqual([
    'age_seconds{queue="a"} 3.5',
    'age_seconds{queue="b"} 0',
  ]);
});

describe('label sets beyond the cap', () => {
  test('are counted together and the overflow is counted', () => {
    const registry = new MetricRegistry(2);
    const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
    for (const id of [1, 2, 3, 4, 1]) counter.inc({ id });
    const page = render(registry);
    expect(linesOf(page, 'a_total')).toEqual([
      'a_total{id="1"} 2',
      'a_total{id="2"} 1',
      'a_total{id="overflow"} 2',
    ]);
    expect(linesOf(page, 'bellows_metric_overflow_total')).toEqual([
      'bellows_metric_overflow_total{metric="a_total"} 2',
    ]);
  });

  test('add one series, however many there are', () => {
    const registry = new MetricRegistry(10);
    const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
    for (let id = 0; id < 100_000; id += 1) counter.inc({ id });
    expect(linesOf(render(registry), 'a_total')).toHaveLength(11);
  });
});

test('more series than a chunk of memory holds keep their values apart', () => {
  const registry = new MetricRegistry(10_000);
  const gauge = registry.gauge({ name: 'g', help: 'x', labelNames: ['id'] });
  for (let id = 0; id < 9_000; id += 1) gauge.set({ id }, id);
  const wrong = linesOf(render(registry), 'g{').filter((line) => !/^g\{id="(.+)"\} \1$/.test(line));
  expect(wrong).toEqual([]);
});

test('any label values come back from the page as they went in', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => value !== '');
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, text), { maxLength: 8, selector: String }),
      (pairs) => {
        const registry = new MetricRegistry(1000);
        const gauge = registry.gauge({ name: 'g', help: 'x', labelNames: ['a', 'b'] });
        for (const [index, [a, b]] of pairs.entries()) gauge.set({ a, b }, index);
        const families = [...parseExposition(Buffer.from(render(registry)))];
        const samples = families.find(({ name }) => name === 'g')?.samples ?? [];
        expect(samples.map(({ labels }) => [labels['a'], labels['b']])).toEqual(pairs);
      },
    ),
  );
});

describe('names', () => {
  test.each([
    ['a bad metric name', { name: '1x', help: '' }],
    ['an empty metric name', { name: '', help: '' }],
    ['no help', { name: 'x' }],
    ['a bad label name', { name: 'x', help: '', labelNames: ['a-b'] }],
    ['a reserved label name', { name: 'x', help: '', labelNames: ['__name__'] }],
    ['a label twice', { name: 'x', help: '', labelNames: ['a', 'a'] }],
    [
      'too many labels',
      { name: 'x', help: '', labelNames: Array.from({ length: 31 }, (_, i) => `l${i}`) },
    ],
  ])('%s is refused', (_what, options) => {
    expect(() => new MetricRegistry(10).counter(options as never)).toThrow(/^Expected/);
  });

  test('le is refused for a histogram', () => {
    const registry = new MetricRegistry(10);
    expect(() => registry.histogram({ name: 'x', help: '', labelNames: ['le'] })).toThrow(
      /not to be 'le'/,
    );
  });

  test('a name is taken once', () => {
    const registry = new MetricRegistry(10);
    registry.counter({ name: 'x', help: '' });
    expect(() => registry.gauge({ name: 'x', help: '' })).toThrow(/that is free, got `x`/);
  });
});
