import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PageAgent } from '../../src/target/page-agent.ts';

let agent: PageAgent;
let servers: Server[];
let sockets: Socket[];
beforeEach(() => {
  agent = new PageAgent();
  servers = [];
  sockets = [];
});
afterEach(() => {
  agent.destroy();
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** Answers each request with the page, byte by byte as given. */
async function serve(page: string): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined).on('data', () => socket.write(answer(page)));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const answer = (page: string): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${page.length}\r\n\r\n${page}`;

async function ask(port: number): Promise<IncomingMessage> {
  const request = get({ host: '127.0.0.1', port, agent });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

async function pageOf(port: number): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await ask(port)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test('what an idle connection sends unasked is no page', async () => {
  const [first, second] = [await serve('first\n'), await serve('second\n')];
  expect(await pageOf(first)).toBe('first\n');
  const idle = await waitUntil('an idle one', () => Object.values(agent.freeSockets)[0]?.[0], {
    timeoutMs: 20_000,
  });
  const { bytesRead } = idle;
  sockets[0]?.write(answer('unasked\n'));
  await waitUntil('the bytes', () => idle.bytesRead > bytesRead, { timeoutMs: 20_000 });
  expect(await pageOf(second)).toBe('second\n');
  expect(await pageOf(first)).toBe('first\n');
});

test('a page that nobody reads for a while is as it was sent', async () => {
  const large = Array.from({ length: 200_000 }, (_, line) => `large ${line}\n`).join('');
  const [first, second] = [await serve(large), await serve('second\n'.repeat(5000))];
  const slow = await ask(first);
  const parts: Buffer[] = [];
  for await (const part of slow) {
    parts.push(part as Buffer);
    // The connection is stopped meanwhile, with bytes in the stream and in the kernel.
    if (parts.length % 5 === 1) expect(await pageOf(second)).toHaveLength(35_000);
  }
  expect(Buffer.concat(parts).toString() === large).toBe(true);
});

test('a connection is used again', async () => {
  const port = await serve('one\n');
  await pageOf(port);
  await pageOf(port);
  expect(sockets).toHaveLength(1);
});
