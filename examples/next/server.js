import { createServer } from 'node:http';
import next from 'next';
import { createKit } from '@bellows/kit';
import { nameNextRoutes } from '@bellows/kit/next';

// Built before by `next build`.
const app = next({ dev: false });
await app.prepare();
const handle = app.getRequestHandler();

const kit = createKit();
const nameRoute = nameNextRoutes(kit, '.next');
const server = createServer((request, response) => {
  nameRoute(request);
  void handle(request, response);
});
kit.attach(server);
await kit.start();
server.listen(process.env.PORT ?? 8080, () => {
  kit.ready();
  const { port } = server.address();
  console.log(`http://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
});
