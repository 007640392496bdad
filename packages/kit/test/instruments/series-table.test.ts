import { describe, expect, test } from 'vitest';
import { writeExposition } from '@bellows/exposition';
import { MetricsView } from '../../src/admin/metrics-view.ts';
import type { JournalEntry } from '../../src/instruments/journal.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';

/** A reader that follows as another thread does, and gets its entries when it asks for them. */
function follow(registry: MetricRegistry): {
  catchUp: () => void;
  lines: (name: string) => string[];
} {
  const view = new MetricsView();
  const posted: JournalEntry[] = registry.journal.entries.map((entry) => structuredClone(entry));
  registry.journal.follow((entry) => posted.push(structuredClone(entry)));
  return {
    catchUp: () => {
      for (const entry of posted.splice(0)) view.apply(entry);
    },
    lines: (name) =>
      writeExposition([...view.families(0), ...view.accounts()])
        .split('\n')
        .filter((line) => line.startsWith(name)),
  };
}

describe('a label set that is removed', () => {
  test('leaves the page, and its slots never show under its labels what the next one writes', () => {
    const registry = new MetricRegistry(10);
    const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
    const reader = follow(registry);
    counter.inc({ id: 'old' }, 5);
    reader.catchUp();
    counter.remove('old');
    counter.inc({ id: 'new' }, 7);
    // The reader has not been told yet: the slots it knows are another series' by now.
    expect(reader.lines('a_total')).toEqual([]);
    reader.catchUp();
    expect(reader.lines('a_total')).toEqual(['a_total{id="new"} 7']);
  });

  test('makes room for another below the cap, and takes no more memory however often', () => {
    const registry = new MetricRegistry(2);
    const gauge = registry.gauge({ name: 'g', help: 'x', labelNames: ['id'] });
    for (let id = 0; id < 20_000; id += 1) {
      gauge.set({ id }, id);
      if (id > 0) gauge.remove(id - 1);
    }
    const reader = follow(registry);
    reader.catchUp();
    expect(reader.lines('g{')).toEqual(['g{id="19999"} 19999']);
    expect(registry.journal.entries.filter(({ kind }) => kind === 'chunk')).toHaveLength(1);
    expect(registry.journal.entries.filter(({ kind }) => kind === 'series')).toHaveLength(1);
  });

  test('begins anew when a kept series is written to', () => {
    const registry = new MetricRegistry(10);
    const kept = registry.histogram({ name: 'h', help: 'x', labelNames: ['id'] });
    const series = kept.labels('a');
    series.observe(1);
    kept.remove('a');
    kept.labels('b').observe(3);
    series.observe(2);
    const reader = follow(registry);
    reader.catchUp();
    expect(reader.lines('h_sum')).toEqual(['h_sum{id="b"} 3', 'h_sum{id="a"} 2']);
  });
});

test('10⁶ label values make one series more than the cap, and the overflow is counted and named', () => {
  const registry = new MetricRegistry(100);
  const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
  for (let id = 0; id < 1_000_000; id += 1) counter.inc({ id: `user-${id}` });
  const reader = follow(registry);
  reader.catchUp();
  expect(reader.lines('a_total')).toHaveLength(101);
  expect(reader.lines('a_total{id="overflow"}')).toEqual(['a_total{id="overflow"} 999900']);
  expect(reader.lines('bellows_metric_overflow_total{')).toEqual([
    'bellows_metric_overflow_total{metric="a_total"} 999900',
  ]);
});

test('a label that is really called overflow makes no second line of that name', () => {
  const registry = new MetricRegistry(1);
  const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
  for (const id of ['a', 'b', 'overflow', 'c']) counter.inc({ id });
  const reader = follow(registry);
  reader.catchUp();
  expect(reader.lines('a_total')).toEqual(['a_total{id="a"} 1', 'a_total{id="overflow"} 3']);
});

test('a label value of more than 1024 characters goes to the overflow series', () => {
  const registry = new MetricRegistry(10);
  const gauge = registry.gauge({ name: 'g', help: 'x', labelNames: ['id'] });
  gauge.set({ id: 'x'.repeat(1024) }, 1);
  gauge.set({ id: 'x'.repeat(1025) }, 2);
  const reader = follow(registry);
  reader.catchUp();
  expect(reader.lines('g{')).toEqual([`g{id="${'x'.repeat(1024)}"} 1`, 'g{id="overflow"} 2']);
});

test('half a surrogate pair becomes a replacement character, in one series with others like it', () => {
  const registry = new MetricRegistry(10);
  const counter = registry.counter({ name: 'a_total', help: 'x', labelNames: ['id'] });
  counter.inc({ id: '\ud800' });
  counter.inc({ id: '\udbff' });
  const reader = follow(registry);
  reader.catchUp();
  expect(reader.lines('a_total')).toEqual(['a_total{id="\ufffd"} 2']);
});
