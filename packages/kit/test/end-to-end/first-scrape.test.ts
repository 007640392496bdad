import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { metricOf } from '../fixtures/metric-of.ts';
import { runService } from '../fixtures/run-service.ts';

describe('the first scrape', () => {
  test('has a sample of every autoscaling signal', async () => {
    await using service = await runService({});
    const zeros: [string, Record<string, string>?][] = [
      ['http_requests_total', { method: 'GET', route: 'unknown', code: '200' }],
      ['http_request_duration_seconds_count', { method: 'GET', route: 'unknown' }],
      ['http_requests_in_flight'],
      ['http_requests_shed_total', { reason: 'queue_full' }],
      ['queue_length', { queue: 'orders' }],
      ['queue_oldest_item_age_seconds', { queue: 'orders' }],
      ['queue_items_total', { queue: 'orders', outcome: 'completed' }],
    ];
    for (const [name, labels] of zeros) {
      expect([name, await metricOf(service, name, labels)]).toEqual([name, 0]);
    }
    const positive = [
      'nodejs_eventloop_active_seconds_total',
      'nodejs_eventloop_idle_seconds_total',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
    ];
    for (const name of positive) expect(await metricOf(service, name)).toBeGreaterThan(0);
    const startSeconds = (await metricOf(service, 'process_start_time_seconds'))!;
    expect(Math.abs(startSeconds - Date.now() / 1000)).toBeLessThan(30);
  });

  test('counts what came by method, route and code', async () => {
    await using service = await runService({});
    await fetchText(service.ports[0]!, '/items');
    await fetchText(service.ports[0]!, '/items', { method: 'POST', body: 'x' });
    const labels = { method: 'POST', route: '/items', code: '200' };
    await waitUntil(
      'both',
      async () => (await metricOf(service, 'http_requests_total', labels)) === 1,
    );
    expect(await metricOf(service, 'http_requests_total', { ...labels, method: 'GET' })).toBe(1);
    expect(
      await metricOf(service, 'http_request_duration_seconds_count', { route: '/items' }),
    ).toBe(1);
  });
});

test('a full queue is answered with 503 and a Retry-After, and counted', async () => {
  await using service = await runService({});
  const orders = [1, 2, 3, 4, 5, 6].map(() => fetchText(service.ports[0]!, '/orders'));
  await waitUntil('a full queue', async () => (await metricOf(service, 'queue_length')) === 4);
  const refused = await fetchText(service.ports[0]!, '/orders');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('error-code')).toBe('ERR_KIT_QUEUE_FULL');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(await metricOf(service, 'http_requests_shed_total', { reason: 'queue_full' })).toBe(1);
  expect(await metricOf(service, 'queue_items_total', { outcome: 'full' })).toBe(1);
  service.release();
  await Promise.all(orders);
});
