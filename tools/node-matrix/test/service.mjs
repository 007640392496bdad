// The service under test, as a process of its own: protocol and options of the kit come as JSON in SERVICE.
import { readFileSync, readSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { createKit } from '../../../packages/kit/dist/index.js';

const { protocol, isNative = false, kitOptions = {} } = JSON.parse(process.env.SERVICE);
const fixtures = new URL('../../../packages/kit/test/fixtures/', import.meta.url);
const certificate = () => ({
  key: readFileSync(new URL('key.pem', fixtures)),
  cert: readFileSync(new URL('cert.pem', fixtures)),
});

function answer(request, response) {
  request.resume();
  if (request.url === '/block') {
    response.on('close', () => setTimeout(() => readSync(0, Buffer.alloc(1)), 20));
    response.end();
  } else {
    setTimeout(() => response.end('answered'), Math.random() * 20);
  }
}

const server = {
  http: () => http.createServer(answer),
  https: () => https.createServer(certificate(), answer),
  h2c: () => http2.createServer(answer),
  h2: () => http2.createSecureServer({ ...certificate(), allowHTTP1: true }, answer),
}[protocol]();

let admin;
if (isNative) {
  server.keepAliveTimeout = 65_000;
  process.once('SIGTERM', () => setTimeout(() => server.close(), 800));
} else {
  const kit = createKit({
    adminPort: 0,
    adminHost: '127.0.0.1',
    exitOnSignal: true,
    ...kitOptions,
  });
  kit.attach(server);
  await kit.start();
  kit.ready();
  admin = kit.adminAddress;
}
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, admin }));
process.channel.unref();
