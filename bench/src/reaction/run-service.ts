// A pod of the reaction benchmark: a kit service that answers each request after ANSWER_MS, and says when its first one came.
import { createServer } from 'node:http';
import { createKit } from '@bellows/kit';

const answerMs = Number(process.env['ANSWER_MS'] ?? '0');
const kit = createKit();
await kit.start();
let hasServed = false;
const server = createServer((_request, response) => {
  if (!hasServed) console.log(`first request at ${Date.now()}`);
  hasServed = true;
  setTimeout(() => response.end('ok\n'), answerMs);
});
kit.attach(server);
server.listen(Number(process.env['PORT'] ?? '8080'), () => {
  kit.ready();
});
