import { createServer } from 'node:http';
import express from 'express';
import { createKit } from '@bellows/kit';
import { nameExpressRoutes } from '@bellows/kit/express';

const kit = createKit();
const app = express();
nameExpressRoutes(kit, app);

app.all('/', (request, response) => {
  request.resume();
  response.send('hello\n');
});
const items = express.Router();
items.get('/:id', (request, response) => response.json({ id: request.params.id }));
app.use('/items', items);

const server = createServer(app);
kit.attach(server);
await kit.start();
server.listen(process.env.PORT ?? 8080, () => {
  kit.ready();
  const { port } = server.address();
  console.log(`http://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
});
