// The pages of all simulated pods, in one process in the network namespace: `node pages-program.js REQUESTS_PER_SECOND`. Each pod counts
// the same rate; a line on standard input is a new one, and the end of that input is the end.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const PORT = 9400;
/** Series that nobody asks for: what a page of a service holds besides. */
const OTHER_LINES = Array.from({ length: 100 }, (_, at) => `other_total{of="${at}"} ${at}\n`);
const OTHER = `# TYPE other_total counter\n${OTHER_LINES.join('')}`;

let ratePerSecond = Number(process.argv[2] ?? '0');
let counted = 0;
let sinceMs = performance.now();

function count(): number {
  const nowMs = performance.now();
  counted += ((nowMs - sinceMs) / 1000) * ratePerSecond;
  sinceMs = nowMs;
  return counted;
}

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain; version=0.0.4');
  response.end(`# TYPE http_requests_total counter\nhttp_requests_total ${count()}\n${OTHER}`);
});
server.listen(PORT, '0.0.0.0', () => {
  process.stdout.write('ready\n');
});
createInterface({ input: process.stdin })
  .on('line', (line) => {
    count();
    ratePerSecond = Number(line);
  })
  .once('close', () => {
    server.close();
    server.closeAllConnections();
  });
