import { createSecureServer } from 'node:http2';
import { readFileSync } from 'node:fs';
import { createKit } from '@bellows/kit';

const kit = createKit();
// `allowHTTP1` serves clients of HTTP/1.1 on the same port; both are drained.
const options = {
  allowHTTP1: true,
  key: readFileSync(process.env.TLS_KEY ?? 'tls.key'),
  cert: readFileSync(process.env.TLS_CERT ?? 'tls.crt'),
};
const server = createSecureServer(options, (request, response) => {
  const [, section, id] = request.url.split('/');
  if (section === 'items') kit.setRoute(request, '/items/:id');
  else if (section === '') kit.setRoute(request, '/');
  request.resume();
  response.end(section === 'items' ? `${id}\n` : 'hello\n');
});
kit.attach(server);
await kit.start();
server.listen(process.env.PORT ?? 8443, () => {
  kit.ready();
  const { port } = server.address();
  console.log(`https://localhost:${port}, probes and metrics at port ${kit.adminAddress.port}`);
});
