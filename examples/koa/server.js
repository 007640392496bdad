import { createServer } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import { createKit } from '@bellows/kit';
import { nameKoaRoutes } from '@bellows/kit/koa';

const kit = createKit();
const app = new Koa();
app.use(nameKoaRoutes(kit));

const router = new Router();
router.all('/', (context) => {
  context.req.resume();
  context.body = 'hello\n';
});
router.get('/items/:id', (context) => {
  context.body = { id: context.params.id };
});
app.use(router.routes());

const server = createServer(app.callback());
kit.attach(server);
await kit.start();
server.listen(process.env.PORT ?? 8080, () => {
  kit.ready();
  const { port } = server.address();
  console.log(`http://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
});
