import { fastify } from 'fastify';
import { createKit } from '@bellows/kit';
import { nameFastifyRoutes } from '@bellows/kit/fastify';

const kit = createKit();
const app = fastify();
nameFastifyRoutes(kit, app);
kit.attach(app.server);
// Runs Fastify's own onClose hooks when no request is left.
kit.onClose('fastify', () => app.close());

app.addContentTypeParser('*', (request, payload, done) => {
  payload.resume().on('end', () => done(null));
});
app.all('/', async () => 'hello\n');
app.get('/items/:id', async (request) => ({ id: request.params.id }));

await kit.start();
await app.listen({ port: Number(process.env.PORT ?? 8080), host: '0.0.0.0' });
kit.ready();
const { port } = app.server.address();
console.log(`http://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
