import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createKit } from '@bellows/kit';
import { nameHonoRoutes } from '@bellows/kit/hono';

const kit = createKit();
const app = new Hono();
app.use(nameHonoRoutes(kit));

app.all('/', async (context) => {
  await context.req.text();
  return context.text('hello\n');
});
app.get('/items/:id', (context) => context.json({ id: context.req.param('id') }));

const server = createAdaptorServer(app);
kit.attach(server);
await kit.start();
server.listen(process.env.PORT ?? 8080, () => {
  kit.ready();
  const { port } = server.address();
  console.log(`http://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
});
