// A flood as a process of its own: the port and the paths are arguments. It says how many requests it has sent when it
// is told to stop. It waits for no answer, and comes back at once on a new connection when it is cut.
import { connect, type Socket } from 'node:net';
import { FLOOD_ADDRESS, FLOOD_PER_SECOND, type FloodReport } from './flood.ts';

const CONNECTIONS = 64;
const TICK_MS = 5;
/** What a client writes into a connection that nobody reads. */
const MAX_UNSENT_BYTES = 16_384;

const [port = '0', ...paths] = process.argv.slice(2);
const texts = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: flood\r\n\r\n`);
const report: FloodReport = { sent: 0, answered: 0, connections: 0 };

function open(): Socket {
  const socket = connect({
    host: '127.0.0.1',
    port: Number(port),
    localAddress: FLOOD_ADDRESS,
    noDelay: true,
  });
  report.connections += 1;
  socket.on('error', () => undefined);
  // Answers come one to a chunk, or with others: good enough for an account of a flood.
  socket.on('data', (chunk) => {
    report.answered += chunk.toString('latin1').split('HTTP/1.1 200').length - 1;
  });
  return socket;
}

const sockets = Array.from({ length: CONNECTIONS }, open);
const startMs = performance.now();
let turn = 0;

function send(): void {
  const index = turn % CONNECTIONS;
  turn += 1;
  const socket = sockets[index];
  if (socket === undefined || socket.closed || socket.destroyed) sockets[index] = open();
  else if (socket.writableLength < MAX_UNSENT_BYTES) {
    socket.write(texts[report.sent % texts.length] ?? '');
    report.sent += 1;
  }
}

setInterval(() => {
  // At most a tenth of a second is caught up on: a flood that was held up does not come all at once.
  const due = ((performance.now() - startMs) / 1000) * FLOOD_PER_SECOND;
  turn = Math.max(turn, Math.floor(due - FLOOD_PER_SECOND / 10));
  while (turn < due) send();
}, TICK_MS);
process.once('message', () => {
  process.send?.(report, () => process.exit());
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
