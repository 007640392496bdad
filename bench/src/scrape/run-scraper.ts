import { createServer } from 'node:http';
import { writeExposition } from '@bellows/exposition';
import { createScraper } from '@bellows/scrape';
import { targetAddresses } from './target-addresses.ts';

/** Scrapes so many targets each second, three series of each; serves its own metrics, and sends that port. */
const [, , count, port] = process.argv;
const metrics = [
  { name: 'http_requests_per_second' },
  { name: 'queue_length' },
  { name: 'process_cpu_cores', source: { series: 'process_cpu_seconds_total', as: 'rate' } },
] as const;
const scraper = createScraper();
scraper.setMetrics(metrics);
scraper.setTargets(
  targetAddresses(Number(count), Number(port)).map((address, index) => ({
    podName: `pod-${index}`,
    podUid: `uid-${index}`,
    namespace: 'default',
    url: `http://${address}/metrics`,
  })),
);
scraper.start();

const server = createServer((_, response) => {
  const nowMs = Date.now();
  const values = metrics.flatMap((metric) => scraper.podMetric(metric, nowMs));
  const present = values.filter(({ value }) => value.kind === 'value').length;
  const name = 'bench_values_present';
  response.end(
    writeExposition([
      ...scraper.metrics(nowMs),
      { name, type: 'gauge', samples: [{ name, labels: {}, value: present }] },
    ]),
  );
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit());
