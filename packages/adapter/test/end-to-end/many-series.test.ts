import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createPrometheusClient } from '../../src/prometheus/prometheus-client.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/many-series.mjs', import.meta.url));
const SERIES = 300_000;
/** What they would take if they were held is several times as much, in bytes. */
const MAX_GROWTH_BYTES = 120 * 1024 * 1024;

test('memory grows with shapes, not with series', async () => {
  const child = fork(FIXTURE, [String(SERIES)]);
  const [port] = (await once(child, 'message')) as [number];
  const client = createPrometheusClient({ url: `http://127.0.0.1:${port}` });
  const beforeBytes = process.memoryUsage.rss();
  let peakBytes = beforeBytes;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 20);
  const shapes = await client.series('{__name__!=""}', 0, { timeoutMs: 120_000 });
  clearInterval(timer);
  expect(shapes).toHaveLength(500);
  expect(peakBytes - beforeBytes).toBeLessThan(MAX_GROWTH_BYTES);
  client.close();
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
});
