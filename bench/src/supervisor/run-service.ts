import { createServer } from 'node:http';

/** Series of a page the size a small service has, about 5 KB. */
const FILLER = Array.from(
  { length: 60 },
  (_, index) => `http_request_duration_seconds_bucket{route="/items/:id",le="${index}"} ${index}`,
).join('\n');

let requests = 0;
createServer((request, response) => {
  requests += 1;
  response.end(
    request.url === '/metrics'
      ? `# TYPE queue_length gauge\nqueue_length 0\n${FILLER}\nhttp_requests_total ${requests}\n`
      : 'ok',
  );
}).listen(Number(process.env['PORT'] ?? 8080));
process.on('SIGTERM', () => process.exit(0));
