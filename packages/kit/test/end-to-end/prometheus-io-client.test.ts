import { Counter, Histogram, Registry } from '@prometheus-io/client';
import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { serve } from '../fixtures/serve.ts';

test('a registry of @prometheus-io/client, as prom-client is called now, is bridged', async () => {
  const registry = new Registry();
  const registers = [registry];
  const orders = new Counter({ name: 'orders_total', help: 'x', labelNames: ['kind'], registers });
  const size = new Histogram({ name: 'size_bytes', help: 'x', buckets: [1, 10], registers });
  orders.inc({ kind: 'good' }, 2);
  size.observe(7);
  await using served = await serve(undefined, { collectIntervalSeconds: 0.1 });
  served.kit.exposeRegistry(registry);
  const page = await waitUntil('the bridged metrics', async () => {
    const found = await served.metrics();
    return found.includes('orders_total') && found;
  });
  expect(page).toContain('orders_total{kind="good"} 2\n');
  expect(page).toContain('size_bytes_bucket{le="10"} 1\n');
  expect(page).toContain('# TYPE size_bytes histogram\n');
  orders.inc({ kind: 'good' });
  await waitUntil('the next round', async () =>
    (await served.metrics()).includes('orders_total{kind="good"} 3\n'),
  );
});
