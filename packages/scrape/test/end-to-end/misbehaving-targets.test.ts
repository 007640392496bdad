import type { MetricFamily } from '@bellows/exposition';
import { machineHas, temporaryDirectory, waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createScraper,
  type ScrapeTarget,
  type Scraper,
  type ScraperOptions,
  type TargetChange,
} from '../../src/index.ts';
import { serveMetrics, type MetricsServer } from '../fixtures/metrics-server.ts';
import {
  serveGarbage,
  serveMisbehaviour,
  serveTls,
  type RunningServer,
} from '../fixtures/misbehaving-server.ts';
import { selfSignedCertificate } from '../fixtures/self-signed-certificate.ts';

const QUEUE = { name: 'queue_length' };
const INTERVAL_MS = 500;
const STALE_AFTER_MS = 5000;
const MEGABYTE = 1e6;

/** Reason by target, of those that cost nothing to refuse. */
const WRONG: Readonly<Record<string, string>> = {
  html: 'content_type',
  'html-as-text': 'syntax',
  types: 'type_change',
  repeated: 'repeated_series',
  tomorrow: 'timestamp',
  half: 'closed',
  'half-line': 'syntax',
  redirect: 'redirect',
  gzip: 'content_encoding',
  json: 'content_type',
  headers: 'http',
  error: 'status',
  garbage: 'http',
  'plain-as-tls': 'tls',
  nobody: 'connect',
};
/** Those that take as much as they get. */
const GREEDY: Readonly<Record<string, string>> = {
  gigabyte: 'body_size',
  endless: 'body_size',
  trickle: 'timeout',
  cardinality: 'series_limit',
};

let scraper: Scraper;
let changes: TargetChange[];
let pod: MetricsServer;
const servers: RunningServer[] = [];
beforeEach(async () => {
  changes = [];
  scraper = newScraper();
  pod = await serveMetrics('queue_length 7\n');
});
afterEach(async () => {
  await scraper.stop();
  await Promise.all([pod.close(), ...servers.splice(0).map((server) => server.close())]);
});

function newScraper(options: ScraperOptions = {}): Scraper {
  return createScraper({
    intervalMs: INTERVAL_MS,
    timeoutMs: 450,
    staleAfterMs: STALE_AFTER_MS,
    targetChanged: (change) => changes.push(change),
    ...options,
  });
}

async function started(server: Promise<RunningServer>): Promise<number> {
  const running = await server;
  servers.push(running);
  return running.port;
}

const targetOf = (podName: string, url: string): ScrapeTarget => ({
  podName,
  podUid: `uid-${podName}`,
  url,
});

function samplesOf(name: string): MetricFamily['samples'] {
  return scraper.metrics(Date.now()).find((family) => family.name === name)?.samples ?? [];
}

/** Reasons that stand in our own metrics, by pod. */
function reasons(): Record<string, string> {
  const samples = samplesOf('bellows_scrape_target_failing');
  return Object.fromEntries(
    samples.map(({ labels }) => [labels['pod'] ?? '', labels['reason'] ?? '']),
  );
}

/** Scrapes a good pod and those that misbehave. */
async function startWith(names: readonly string[]): Promise<void> {
  const port = await started(serveMisbehaviour());
  const garbagePort = await started(serveGarbage());
  const elsewhere = new Map([
    ['garbage', `http://127.0.0.1:${garbagePort}/metrics`],
    ['plain-as-tls', `https://127.0.0.1:${port}/html`],
    ['nobody', 'http://127.0.0.1:1/metrics'],
  ]);
  const bad = names.map((name) =>
    targetOf(name, elsewhere.get(name) ?? `http://127.0.0.1:${port}/${name}`),
  );
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf('good', pod.url), ...bad]);
  scraper.start();
  await waitUntil('the first value', valueOfGood);
}

function valueOfGood(): number | undefined {
  const value = scraper.podMetric(QUEUE, Date.now()).find(({ podName }) => podName === 'good');
  return value?.value.kind === 'value' ? value.value.value : undefined;
}

const failureCount = (): number =>
  samplesOf('bellows_scrape_failures_total').reduce((sum, { value }) => sum + value, 0);

test('targets that are wrong fail alone, each with its reason in the metrics and once in the log', async () => {
  const names = Object.keys(WRONG);
  // None of them is slow: on a machine that is busy they shall fail for their own reasons only.
  scraper = newScraper({ timeoutMs: 20_000 });
  await startWith(names);
  await waitUntil('each target to have failed some times', () => {
    // At no time does the good one become stale.
    expect(valueOfGood()).toBe(7);
    return failureCount() > 4 * names.length && Object.keys(reasons()).length === names.length;
  });
  expect(reasons()).toEqual(WRONG);
  expect(changes.map(({ target, reason }) => [target.podName, reason]).sort()).toEqual(
    Object.entries(WRONG).sort(),
  );
  expect(samplesOf('bellows_scrape_target_up').map(({ value }) => value)).toEqual([
    1,
    ...names.map(() => 0),
  ]);
  // The first page of the one that changes its type was good, and says something for 5 s.
  await waitUntil('only the good one to have a value', () => {
    const values = scraper.podMetric(QUEUE, Date.now());
    return values.every(({ podName, value }) => (value.kind === 'value') === (podName === 'good'));
  });
});

test('targets that take all they get are cut off in bounded memory, and a good one stays fresh', async () => {
  await startWith(Object.keys(GREEDY));
  const rssBefore = process.memoryUsage.rss();
  let rssMax = 0;
  const seen = new Set<string>();
  await waitUntil('each target to have failed for its reason', () => {
    expect(valueOfGood()).toBe(7);
    rssMax = Math.max(rssMax, process.memoryUsage.rss());
    for (const { target, reason } of changes) seen.add(`${target.podName}: ${String(reason)}`);
    return Object.entries(GREEDY).every(([name, reason]) => seen.has(`${name}: ${reason}`));
  });
  // Each has 4 MiB at most, and 100,000 lines take their room while they are read.
  expect((rssMax - rssBefore) / MEGABYTE).toBeLessThan(200);
});

test('a target that is well again is told once, and has its value back', async () => {
  const page = { text: '<html>' };
  pod.page = () => page.text;
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf('a', pod.url)]);
  scraper.start();
  await waitUntil('a failure', () => changes.length > 0);
  page.text = 'queue_length 7\n';
  await waitUntil('another change', () => changes.length > 1);
  expect(changes.map(({ reason, message }) => [reason, message])).toEqual([
    [
      'syntax',
      `${pod.url} has a page that is not readable: line 1: Expected a metric name, got "<html>"`,
    ],
    [undefined, `${pod.url} is well again`],
  ]);
  expect(scraper.podMetric(QUEUE, Date.now())[0]?.value).toMatchObject({ value: 7 });
});

if (machineHas('openssl')) {
  test('a certificate that signed itself is refused, unless it is given or none is asked for', async () => {
    await using folder = await temporaryDirectory();
    const { key, cert } = selfSignedCertificate(folder.path);
    const port = await started(serveTls(key, cert));
    const target = targetOf('tls', `https://127.0.0.1:${port}/metrics`);
    const outcomeWith = async (tls?: {
      ca?: string;
      insecureSkipVerify?: boolean;
    }): Promise<unknown> => {
      const own = createScraper({ intervalMs: 50, timeoutMs: 5000, ...(tls && { tls }) });
      own.setMetrics([QUEUE]);
      own.setTargets([target]);
      own.start();
      const value = await waitUntil('an outcome', () => {
        const [metric] = own.podMetric(QUEUE, Date.now());
        const isOver = metric?.value.kind === 'value' || metric?.value.reason !== 'not scraped yet';
        return isOver ? metric?.value : undefined;
      });
      await own.stop();
      return value;
    };
    expect(await outcomeWith()).toMatchObject({
      reason: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') as string,
    });
    expect(await outcomeWith({ ca: cert })).toMatchObject({ value: 3 });
    expect(await outcomeWith({ insecureSkipVerify: true })).toMatchObject({ value: 3 });
  });
}

test('a token goes to the pods of its namespace and to no others', async () => {
  const tokens = new Map<string, unknown>();
  pod.answered = (request) => tokens.set(request.url ?? '', request.headers.authorization);
  const own = createScraper({
    intervalMs: 50,
    timeoutMs: 5000,
    bearerTokens: new Map([['shop', () => 'secret']]),
  });
  own.setTargets([
    { ...targetOf('a', `${pod.url}/shop`), namespace: 'shop' },
    { ...targetOf('b', `${pod.url}/bank`), namespace: 'bank' },
    targetOf('c', `${pod.url}/none`),
  ]);
  own.start();
  await waitUntil('a page of each', () => tokens.size === 3);
  await own.stop();
  expect(Object.fromEntries(tokens)).toEqual({
    '/metrics/shop': 'Bearer secret',
    '/metrics/bank': undefined,
    '/metrics/none': undefined,
  });
});
