import { createServer } from 'node:http';

/**
 * Serves a page of 200 samples to whoever asks, on all addresses of this machine, so that each address of
 * 127.0.0.0/8 is a target of its own. About every third value changes from page to page, as where some
 * routes are used and others are not. Sends its port.
 */
const SAMPLES = 200;
const WANTED = ['http_requests_total', 'queue_length', 'process_cpu_seconds_total'] as const;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** What stands before each value. */
const heads: string[] = WANTED.map(
  (name) =>
    `# HELP ${name} What it counts.\n# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n${name} `,
);
const histogram = 'http_request_duration_seconds';
heads.push(`# HELP ${histogram} Time to answer.\n# TYPE ${histogram} histogram\n`);
for (let route = 0; heads.length <= SAMPLES; route += 1) {
  const labels = `method="GET",route="/api/v1/items/${route}",status_code="200"`;
  for (const le of [...BUCKETS, '+Inf']) heads.push(`${histogram}_bucket{${labels},le="${le}"} `);
  heads.push(`${histogram}_sum{${labels}} `, `${histogram}_count{${labels}} `);
}
heads.length = SAMPLES + 1;

let pages = 0;
const server = createServer((_, response) => {
  pages += 1;
  let page = '';
  for (const [index, head] of heads.entries()) {
    if (index === WANTED.length) page += head;
    else page += `${head}${index % 3 === 0 ? pages : 12_345 + index}\n`;
  }
  response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
  response.end(page);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '0.0.0.0', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit());
