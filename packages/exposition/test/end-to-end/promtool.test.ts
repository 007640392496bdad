import { spawnSync } from 'node:child_process';
import { machineHas } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import {
  histogramSamples,
  negotiateFormat,
  writeExposition,
  type MetricFamily,
} from '../../src/index.ts';

/** What a service exposes: each kind of metric, odd label values, numbers of every size. */
const FAMILIES: readonly MetricFamily[] = [
  {
    name: 'app_requests_total',
    type: 'counter',
    help: 'Requests with "quotes", a \\ and\na line break.',
    samples: [
      {
        name: 'app_requests_total',
        labels: { path: '/a"b\\c\n', method: '日' },
        value: 12_345_678,
      },
      { name: 'app_requests_total', labels: {}, value: 1e21 },
    ],
  },
  {
    name: 'app_temperature_celsius',
    type: 'gauge',
    help: 'Outside.',
    samples: [
      { name: 'app_temperature_celsius', labels: { place: 'a' }, value: Number.NaN },
      { name: 'app_temperature_celsius', labels: { place: 'b' }, value: -Infinity },
      { name: 'app_temperature_celsius', labels: { place: 'c' }, value: 1e-7, timestampMs: 5 },
    ],
  },
  {
    name: 'app_wait_seconds',
    type: 'histogram',
    help: 'Waiting.',
    samples: histogramSamples('app_wait_seconds', {
      labels: { queue: 'x' },
      buckets: [
        { upperBound: 0.5, count: 2 },
        { upperBound: 1e6, count: 3 },
      ],
      sum: 4.5,
      count: 4,
    }),
  },
  {
    name: 'app.queue.length',
    type: 'gauge',
    help: 'A name outside the old alphabet.',
    samples: [{ name: 'app.queue.length', labels: { 'queue.name': 'x' }, value: 1 }],
  },
];

function check(page: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });
}

describe.runIf(machineHas('prometheus'))('promtool check metrics', () => {
  test('accepts what is written with names of the old alphabet', () => {
    expect(check(writeExposition(FAMILIES.slice(0, 3)))).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['underscores', 'values'])('accepts other names escaped with %s', (escaping) => {
    const format = negotiateFormat(`text/plain;version=0.0.4;escaping=${escaping}`);
    const page = writeExposition(FAMILIES.slice(0, 3), format);
    const escaped = writeExposition(FAMILIES.slice(3), format);
    expect(check(page + (escaping === 'underscores' ? escaped : ''))).toMatchObject({ status: 0 });
    // promtool 2.42 reads other escapes, and complains of their capitals.
    expect(check(escaped).stderr).not.toContain('error while linting');
  });

  test('would refuse a page that is none', () => {
    expect(check('app_x{ 1\n').status).not.toBe(0);
  });
});
