import { readFileSync } from 'node:fs';
import promClient from 'prom-client';
import { describe, expect, test } from 'vitest';
import { parseExposition, type MetricFamily } from '@bellows/exposition';
import ownClient from '../../src/prom-client/index.ts';
import { DIFFERENCES } from '../fixtures/prom-client-differences.ts';
import { SAME_CALLS, type Client } from '../fixtures/prom-client-calls.ts';

/** prom-client's own types are narrower than what its classes take. */
const theirs = promClient as unknown as Client;
const ours = ownClient as unknown as Client;

/** What the calls leave on the page, as any scraper understands it: labels by name, in no order. */
async function pageAfter(client: Client, calls: (client: Client) => unknown): Promise<unknown> {
  client.register.clear();
  await calls(client);
  const page = await client.register.metrics();
  client.register.clear();
  return parseExposition(page).map(shown);
}

function shown({ name, type, help, samples }: MetricFamily): unknown {
  const series = samples.map((sample) => {
    const labels = Object.entries(sample.labels).sort(([a], [b]) => (a < b ? -1 : 1));
    return `${sample.name} ${JSON.stringify(labels)} ${sample.value}`;
  });
  return { name, type, help, series: series.sort() };
}

async function outcomeOf(client: Client, call: (client: Client) => unknown): Promise<string> {
  client.register.clear();
  try {
    return String(await call(client));
  } catch (error) {
    return `throws ${(error as Error).message}`;
  } finally {
    client.register.clear();
  }
}

describe('the same calls as with prom-client', () => {
  test.each(Object.entries(SAME_CALLS))('%s: the same page', async (_what, calls) => {
    expect(await pageAfter(ours, calls)).toEqual(await pageAfter(theirs, calls));
  });
});

describe('what differs from prom-client', () => {
  test.each(DIFFERENCES.map((one) => [one.what, one] as const))('%s', async (_what, one) => {
    expect(await outcomeOf(theirs, one.call)).toMatch(one.theirs);
    expect(await outcomeOf(ours, one.call)).toMatch(one.ours);
  });

  test('is all in the reference', () => {
    const document = readFileSync(
      new URL('../../../../docs/reference/prom-client.md', import.meta.url),
      'utf8',
    );
    const rows = [...document.matchAll(/^\| (\S.*?) +\| .* \| .* \|$/gm)].map(([, what]) => what);
    expect(rows.slice(1).filter((what) => !what!.startsWith('---'))).toEqual(
      DIFFERENCES.map(({ what }) => what),
    );
  });

  test('is that a few exports are missing', () => {
    const missing = Object.keys(promClient).filter((name) => !Object.hasOwn(ownClient, name));
    expect(missing.sort()).toEqual([
      'AggregatorRegistry',
      'Pushgateway',
      'aggregators',
      'contentType',
    ]);
  });
});

test('the default metrics have prom-client’s names', async () => {
  const namesOf = async (client: Client): Promise<string[]> => {
    client.register.clear();
    client.collectDefaultMetrics({ prefix: 'app_', labels: { zone: 'a' } });
    const families = parseExposition(await client.register.metrics());
    client.register.clear();
    return families.map(({ name }) => name).sort();
  };
  expect(
    (await namesOf(ours)).filter((name) => name !== 'app_nodejs_eventloop_delay_seconds'),
  ).toEqual(await namesOf(theirs));
});

test('OpenMetrics has the same families', async () => {
  const families = async (client: Client): Promise<unknown> => {
    const register = new client.Registry(client.Registry.OPENMETRICS_CONTENT_TYPE);
    const registers = [register];
    new client.Counter({ name: 'orders_total', help: 'Orders.', registers }).inc(3);
    new client.Gauge({ name: 'level', help: 'Level.', registers }).set(1.5);
    const page = await register.metrics();
    return page
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/\.0$/, ''));
  };
  expect(await families(ours)).toEqual(await families(theirs));
});
