import { missing } from '@bellows/core';
import { waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScraper } from '../src/create-scraper.ts';
import { scrapePhaseMs } from '../src/target/scrape-phase.ts';
import type { PodMetric, PodMetricQuery, ScrapeTarget, Scraper } from '../src/scraper.ts';
import { serveMetrics, type MetricsServer } from './fixtures/metrics-server.ts';

const QUEUE = { name: 'queue_length' };
const REQUESTS = { name: 'http_requests_per_second' };

let scraper: Scraper;
let pod: MetricsServer;
let other: MetricsServer;
beforeEach(async () => {
  scraper = createScraper({ intervalMs: 50, timeoutMs: 2000, staleAfterMs: 1000 });
  [pod, other] = await Promise.all([serveMetrics(''), serveMetrics('')]);
});
afterEach(async () => {
  await scraper.stop();
  await Promise.all([pod.close(), other.close()]);
});

const targetOf = ({ url }: MetricsServer, podName: string): ScrapeTarget => ({
  podName,
  podUid: `uid-${podName}`,
  url,
});

/** Waits for a value of `podName`. */
function valueOf(query: PodMetricQuery, podName: string): Promise<number> {
  return waitUntil(`${query.name} of ${podName}`, () => {
    const value = metricOf(query, podName)?.value;
    return value?.kind === 'value' ? value.value : undefined;
  });
}

function metricOf(query: PodMetricQuery, podName: string): PodMetric | undefined {
  return scraper.podMetric(query, Date.now()).find((metric) => metric.podName === podName);
}

test('a target that says so itself keeps its own metrics and no others', async () => {
  const page = 'queue_length 3\njobs 5\n';
  [pod.page, other.page] = [page, page];
  const jobs = { name: 'jobs' };
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([{ ...targetOf(pod, 'a'), metrics: [jobs] }, targetOf(other, 'b')]);
  scraper.start();
  expect(await valueOf(jobs, 'a')).toBe(5);
  expect(await valueOf(QUEUE, 'b')).toBe(3);
  const notKept = (name: string): unknown => missing(`metric ${name} is not among those collected`);
  expect(metricOf(QUEUE, 'a')?.value).toEqual(notKept('queue_length'));
  expect(metricOf(jobs, 'b')?.value).toEqual(notKept('jobs'));
  // It may ask for something else, and only some pods may be asked about.
  scraper.setTargets([{ ...targetOf(pod, 'a'), metrics: [QUEUE] }, targetOf(other, 'b')]);
  expect(await valueOf(QUEUE, 'a')).toBe(3);
  const some = scraper.podMetric(QUEUE, Date.now(), ['uid-b', 'uid-gone']);
  expect(some.map(({ podName }) => podName)).toEqual(['b']);
});

describe('a running scraper', () => {
  beforeEach(() => {
    scraper.setMetrics([QUEUE, REQUESTS]);
    scraper.setTargets([targetOf(pod, 'a'), targetOf(other, 'b')]);
    scraper.start();
  });

  test('answers with each pod’s own value, in target order', async () => {
    pod.page = 'queue_length 3\n';
    other.page = 'queue_length 4\n';
    expect(await valueOf(QUEUE, 'a')).toBe(3);
    expect(await valueOf(QUEUE, 'b')).toBe(4);
    expect(scraper.podMetric(QUEUE, Date.now()).map(({ podName }) => podName)).toEqual(['a', 'b']);
  });

  test('makes the rate of a counter', async () => {
    const startMs = Date.now();
    pod.page = () => `http_requests_total ${(Date.now() - startMs) / 10}\n`;
    await waitUntil('ten pages', () => pod.askedAtMs.length > 10);
    // 100 a second; how late a page comes after it was asked for is the machine's business.
    const rate = await valueOf(REQUESTS, 'a');
    expect(rate).toBeGreaterThan(50);
    expect(rate).toBeLessThan(200);
    expect(metricOf(REQUESTS, 'a')?.windowSeconds).toBe(15);
  });

  test('says of a pod that stopped answering why, once its value is too old', async () => {
    pod.page = 'queue_length 3\n';
    await valueOf(QUEUE, 'a');
    await pod.close();
    const gone = await waitUntil('a missing value', () => {
      const value = metricOf(QUEUE, 'a')?.value;
      return value?.kind === 'missing' ? value : undefined;
    });
    expect(gone.reason).toContain('ECONNREFUSED');
    other.page = 'queue_length 4\n';
    expect(await valueOf(QUEUE, 'b')).toBe(4);
  });

  test('says of a page it cannot read which line is wrong', async () => {
    pod.page = 'queue_length three\n';
    const bad = await waitUntil('a missing value', () => {
      const value = metricOf(QUEUE, 'a')?.value;
      return value?.kind === 'missing' && value.reason !== 'not scraped yet' ? value : undefined;
    });
    expect(bad.reason).toMatch(/line 1|three/);
  });

  test('forgets a pod that is gone at once, and scrapes it no more', async () => {
    pod.page = 'queue_length 3\n';
    await valueOf(QUEUE, 'a');
    scraper.setTargets([targetOf(other, 'b')]);
    expect(metricOf(QUEUE, 'a')).toBeUndefined();
    const asked = pod.askedAtMs.length;
    const askedOther = other.askedAtMs.length;
    await waitUntil('five more pages of the other', () => other.askedAtMs.length > askedOther + 5);
    // One may have been under way.
    expect(pod.askedAtMs.length).toBeLessThanOrEqual(asked + 1);
  });

  test('keeps a pod’s samples when others come and go', async () => {
    pod.page = 'queue_length 3\n';
    await valueOf(QUEUE, 'a');
    scraper.setTargets([targetOf(pod, 'a')]);
    expect(metricOf(QUEUE, 'a')?.value).toMatchObject({ kind: 'value', value: 3 });
  });

  test('stops with no connection left open, twice', async () => {
    await waitUntil('a page', () => pod.askedAtMs.length > 0);
    await scraper.stop();
    await scraper.stop();
    await waitUntil('no connection', async () => (await pod.openConnections()) === 0);
    expect(scraper.podMetric(QUEUE, Date.now())).toEqual([]);
    const asked = pod.askedAtMs.length;
    // A scraper of the same interval shows that there was time to ask again.
    const running = createScraper({ intervalMs: 50 });
    running.setTargets([targetOf(other, 'b')]);
    running.start();
    const askedOther = other.askedAtMs.length;
    await waitUntil('three more pages', () => other.askedAtMs.length >= askedOther + 3);
    await running.stop();
    expect(pod.askedAtMs).toHaveLength(asked);
  });
});

test('each target is scraped at its own place in the interval', async () => {
  const even = createScraper({ intervalMs: 1000 });
  const targets = [targetOf(pod, 'a'), targetOf(other, 'b')];
  even.setTargets(targets);
  even.start();
  await waitUntil('three pages each', () =>
    [pod, other].every(({ askedAtMs }) => askedAtMs.length >= 3),
  );
  await even.stop();
  for (const [index, { askedAtMs }] of [pod, other].entries()) {
    const { podUid, url } = targets[index]!;
    const phaseMs = scrapePhaseMs(`${podUid} ${url}`, 1000);
    // Three times late by nearly half an interval would be no machine to run anything on.
    const latenessMs = askedAtMs.map((atMs) => (atMs - phaseMs) % 1000);
    expect(Math.min(...latenessMs)).toBeLessThan(400);
  }
});

test('does nothing before start', () => {
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf(pod, 'a')]);
  expect(metricOf(QUEUE, 'a')?.value).toEqual(missing('not scraped yet'));
  expect(pod.askedAtMs).toEqual([]);
});

test('a metric that was not set is missing in every pod', () => {
  scraper.setTargets([targetOf(pod, 'a')]);
  expect(metricOf(QUEUE, 'a')?.value).toEqual(
    missing('metric queue_length is not among those collected'),
  );
});

test('a selector that is none makes the metric missing', () => {
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf(pod, 'a')]);
  const selector = { matchExpressions: [{ key: 'a', operator: 'In' as const, values: [] }] };
  const value = metricOf({ ...QUEUE, selector }, 'a')?.value;
  expect(value).toMatchObject({
    kind: 'missing',
    reason: expect.stringContaining('values') as string,
  });
});

test.each([0, -1, NaN, Infinity, 2 ** 31])('an interval of %d is refused', (intervalMs) => {
  expect(() => createScraper({ intervalMs })).toThrow(
    expect.objectContaining({
      code: 'ERR_CORE_ARGUMENT',
      message: `Expected \`intervalMs\` to be above 0 and below 2147483648, got ${intervalMs}`,
    }),
  );
});

test('an address that is none is refused, and the targets stay as they were', () => {
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf(pod, 'a')]);
  for (const url of ['ftp://127.0.0.1/', '127.0.0.1:80/metrics', '']) {
    expect(() => {
      scraper.setTargets([{ ...targetOf(pod, 'b'), url }]);
    }).toThrow(expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }));
  }
  expect(scraper.podMetric(QUEUE, Date.now()).map(({ podName }) => podName)).toEqual(['a']);
});

test('a pod with two pages has one value, of both; one that fails after it was good makes it missing', async () => {
  pod.page = 'queue_length 3\n';
  other.page = 'queue_length 4\n';
  const second = { ...targetOf(other, 'a'), namespace: 'shop' };
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([{ ...targetOf(pod, 'a'), namespace: 'shop' }, second]);
  scraper.start();
  await waitUntil('both pages', () => {
    const [metric] = scraper.podMetric(QUEUE, Date.now());
    return metric?.value.kind === 'value' && metric.value.value === 7;
  });
  expect(scraper.podMetric(QUEUE, Date.now())).toMatchObject([
    { podName: 'a', podUid: 'uid-a', namespace: 'shop', windowSeconds: 0 },
  ]);
  await other.close();
  await waitUntil('a missing value', () => metricOf(QUEUE, 'a')?.value.kind === 'missing');
});

test('a target is asked over one connection, and less and less often while it fails', async () => {
  pod.page = '<html>';
  other.page = 'queue_length 4\n';
  const ports = new Set<unknown>();
  other.answered = ({ socket }) => ports.add(socket.remotePort);
  scraper.setMetrics([QUEUE]);
  scraper.setTargets([targetOf(pod, 'a'), targetOf(other, 'b')]);
  scraper.start();
  await waitUntil('60 pages', () => other.askedAtMs.length >= 60);
  expect(ports.size).toBe(1);
  // Five at once, then after 2, 4, 8 and 16 places: 35 places have had nine.
  expect(pod.askedAtMs.length).toBeLessThan(20);
});
