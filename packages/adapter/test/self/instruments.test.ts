import { writeExposition } from '@bellows/exposition';
import { describe, expect, test } from 'vitest';
import { CounterFamily, gaugeFamily, HistogramFamily } from '../../src/self/instruments.ts';

const TEXT = { name: 'x_seconds', help: 'What it is.' };

describe('CounterFamily', () => {
  test('adds up by labels', () => {
    const family = new CounterFamily({ name: 'x_total', help: 'Counts.' });
    family.add({ group: 'a' });
    family.add({ group: 'b' }, 2);
    family.add({ group: 'a' }, 3);
    expect(family.read().samples).toEqual([
      { name: 'x_total', labels: { group: 'a' }, value: 4 },
      { name: 'x_total', labels: { group: 'b' }, value: 2 },
    ]);
  });

  test('makes no more series than it may', () => {
    const family = new CounterFamily({ name: 'x_total', help: 'Counts.' });
    for (let index = 0; index < 3_000; index += 1) family.add({ metric: `m${index}` });
    expect(family.read().samples).toHaveLength(2_000);
  });
});

describe('HistogramFamily', () => {
  test('counts each value in its bucket and all above', () => {
    const family = new HistogramFamily(TEXT, [1, 2]);
    for (const value of [0.5, 1, 1.5, 9]) family.observe({}, value);
    const byName = family.read().samples.map(({ name, labels, value }) => [name, labels, value]);
    expect(byName).toEqual([
      ['x_seconds_bucket', { le: '1' }, 2],
      ['x_seconds_bucket', { le: '2' }, 3],
      ['x_seconds_bucket', { le: '+Inf' }, 4],
      ['x_seconds_sum', {}, 12],
      ['x_seconds_count', {}, 4],
    ]);
  });
});

describe('gaugeFamily', () => {
  test('shows values as they are', () => {
    const page = writeExposition([gaugeFamily(TEXT, [[{ source: 'main' }, 1.5]])]);
    expect(page).toContain('x_seconds{source="main"} 1.5\n');
    expect(page).toContain('# TYPE x_seconds gauge\n');
  });
});
