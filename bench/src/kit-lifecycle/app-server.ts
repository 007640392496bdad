import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Protocol } from './scenario.ts';

/** Answers take a random time between these. */
const LEAST_ANSWER_MS = 10;
const MOST_ANSWER_MS = 40;
/** What slow and streamed answers take. */
const LONG_ANSWER_MS = 3_000;
const STREAM_CHUNKS = 30;

/** The service that every contender runs. */
export function createApp(protocol: Protocol): Server {
  if (protocol === 'http') return createServer(answer);
  if (protocol === 'https') return createHttpsServer(readCertificate(), answer);
  // The libraries take it for a server of HTTP/1; its methods that they use are those of net.Server.
  const server: Http2Server = createHttp2Server(answer as never);
  return server as unknown as Server;
}

/** Answers a request of the service. */
export function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const { url = '/' } = request;
  if (url === '/quick') {
    response.end('quick');
  } else if (url === '/slow') {
    setTimeout(() => response.end('slow'), LONG_ANSWER_MS);
  } else if (url === '/stream') {
    void stream(response);
  } else if (url.startsWith('/block/')) {
    response.on('close', () => setTimeout(block, 20, Number(url.slice('/block/'.length))));
    response.end();
  } else {
    const answerMs = LEAST_ANSWER_MS + Math.random() * (MOST_ANSWER_MS - LEAST_ANSWER_MS);
    setTimeout(() => response.end('{"id":42}'), answerMs);
  }
}

async function stream(response: ServerResponse): Promise<void> {
  for (let chunk = 0; chunk < STREAM_CHUNKS && !response.destroyed; chunk += 1) {
    response.write(`chunk ${chunk}\n`);
    await new Promise((resolve) => setTimeout(resolve, LONG_ANSWER_MS / STREAM_CHUNKS));
  }
  response.end('last');
}

function block(blockMs: number): void {
  const endMs = performance.now() + blockMs;
  while (performance.now() < endMs);
}

/** Readiness of a contender that has none of its own: 200 or 503 at a port of its own, which keeps no process alive. */
export async function serveReadiness(isReady: () => boolean): Promise<number> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/ready' && !isReady() ? 503 : 200;
    response.end();
  });
  return listen(server.unref());
}

/** Listens on a free port of loopback. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function readCertificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const read = (name: string): Buffer =>
    readFileSync(new URL(`../../../packages/kit/test/fixtures/${name}`, import.meta.url));
  return { key: read('key.pem'), cert: read('cert.pem') };
}
