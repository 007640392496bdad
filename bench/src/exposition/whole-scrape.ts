import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { processCpuSeconds } from '../process-cpu.ts';
import { startPrometheus } from '../scrape/prometheus.ts';

/** Until Prometheus knows the series, in milliseconds. */
const SETTLE_MS = 4000;

/**
 * CPU time of Prometheus for one scrape of a page, in nanoseconds: HTTP, parsing, relabelling and storage of three series.
 * It scrapes once a second.
 */
export async function wholeScrape(pages: readonly Uint8Array[], seconds: number): Promise<number> {
  let scrapes = 0;
  const server = createServer((_, response) => {
    scrapes += 1;
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(pages[scrapes % pages.length]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const prometheus = await startPrometheus([`127.0.0.1:${port}`]);
  try {
    await sleep(SETTLE_MS);
    const [before, scrapesBefore] = [processCpuSeconds(prometheus.pid), scrapes];
    await sleep(seconds * 1000);
    const cpuSeconds = processCpuSeconds(prometheus.pid) - before;
    return (cpuSeconds * 1e9) / (scrapes - scrapesBefore);
  } finally {
    await prometheus.stop();
    server.closeAllConnections();
    server.close();
  }
}
