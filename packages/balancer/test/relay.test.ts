import { once } from 'node:events';
import type { Socket } from 'node:net';
import { waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BufferPool } from '../src/buffer-pool.ts';
import type { EndpointRecord } from '../src/endpoint-record.ts';
import { createRelay, type Relay } from '../src/relay.ts';
import { resetSocket } from '../src/reset-socket.ts';
import { converse, dial, readAll, startServer, type TestServer } from './fixtures/tcp.ts';

const MEBIBYTE = 1024 * 1024;

let servers: TestServer[] = [];
let relays: Set<Relay>;
let record: EndpointRecord;
let refusedTotal = 0;

beforeEach(() => {
  relays = new Set();
  refusedTotal = 0;
});

afterEach(async () => {
  for (const relay of relays) relay.abort();
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

/** A back end, and a port that relays to it. */
async function relayTo(serve: (socket: Socket) => void): Promise<number> {
  const backend = await startServer(serve);
  servers.push(backend);
  return relayToPort(backend.port);
}

async function relayToPort(port: number): Promise<number> {
  const openRecord: EndpointRecord = {
    address: '127.0.0.1',
    port,
    podName: 'pod',
    connectionsTotal: 0,
    openConnections: 0,
    firstByteAtMs: undefined,
  };
  record = openRecord;
  const owner = {
    buffers: new BufferPool(),
    refused: () => (refusedTotal += 1),
    closed: (relay: Relay) => relays.delete(relay),
  };
  const front = await startServer((client) => relays.add(createRelay(client, openRecord, owner)));
  servers.push(front);
  return front.port;
}

const bothEndsAreClosed = (): Promise<true> =>
  waitUntil(
    'the relay to close both ends',
    () => relays.size === 0 && record.openConnections === 0,
  );

describe('a relay', () => {
  test('passes bytes both ways and notes when the first byte came back', async () => {
    const beforeMs = Date.now();
    const port = await relayTo((socket) => socket.on('data', (chunk) => socket.write(chunk)));
    const client = dial(port);
    client.write('one');
    expect(String((await once(client, 'data'))[0])).toBe('one');
    client.write('two');
    expect(String((await once(client, 'data'))[0])).toBe('two');
    expect(record.firstByteAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(record).toMatchObject({ connectionsTotal: 1, openConnections: 1 });
    client.destroy();
    await waitUntil('the back end to be closed', () => servers[0]?.sockets[0]?.readableEnded);
  });

  test('passes on the end of the request and then the whole answer', async () => {
    const port = await relayTo((socket) => {
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('end', () => socket.end(`got ${text}`));
    });
    expect(await converse(port, 'all', true)).toEqual({ text: 'got all', ending: 'end' });
    await bothEndsAreClosed();
  });

  test('passes on the end of the answer while the request goes on', async () => {
    let received = '';
    const port = await relayTo((socket) => {
      socket.end('early');
      socket.on('data', (chunk) => (received += String(chunk)));
    });
    const client = dial(port);
    await once(client.resume(), 'end');
    client.end('late');
    await waitUntil('the late bytes', () => received === 'late');
    await bothEndsAreClosed();
  });

  test('passes on a reset of the endpoint as a reset, after what was sent', async () => {
    const port = await relayTo((socket) => {
      socket.once('data', () => {
        socket.write('part', () => {
          resetSocket(socket);
        });
      });
    });
    for (let attempt = 0; attempt < 50; attempt += 1) {
      expect(await converse(port, 'hello')).toMatchObject({ ending: 'ECONNRESET' });
    }
    await bothEndsAreClosed();
  });

  test('passes on a reset of the client as a reset', async () => {
    let ending: Promise<{ readonly ending: string }> | undefined;
    const port = await relayTo((socket) => {
      ending = readAll(socket);
      socket.write('welcome');
    });
    const client = dial(port);
    await once(client, 'data');
    resetSocket(client);
    await expect(ending).resolves.toMatchObject({ ending: 'ECONNRESET' });
    await bothEndsAreClosed();
    expect(refusedTotal).toBe(0);
  });

  test('resets the client when the endpoint refuses', async () => {
    const gone = await startServer(() => undefined);
    await gone.stop();
    const port = await relayToPort(gone.port);
    expect(await converse(port, 'hello')).toEqual({ text: '', ending: 'ECONNRESET' });
    await bothEndsAreClosed();
    expect(refusedTotal).toBe(1);
  });

  test('counts a reset before the first byte as refused, one after it not', async () => {
    let answersFirst = false;
    const port = await relayTo((socket) => {
      socket.once('data', () => {
        if (!answersFirst) resetSocket(socket);
        else {
          socket.write('part');
          socket.once('data', () => {
            resetSocket(socket);
          });
        }
      });
    });
    await converse(port, 'hello');
    expect(refusedTotal).toBe(1);
    answersFirst = true;
    const client = dial(port);
    client.write('hello');
    await once(client, 'data');
    client.write('more');
    await readAll(client);
    expect(refusedTotal).toBe(1);
  });

  test('holds back an endpoint whose client does not read, and loses nothing', async () => {
    const answer = Buffer.alloc(64 * MEBIBYTE, 'abcdefghij');
    let written = 0;
    const port = await relayTo((socket) => {
      for (let at = 0; at < answer.length; at += MEBIBYTE) {
        socket.write(answer.subarray(at, at + MEBIBYTE), () => (written += MEBIBYTE));
      }
      socket.end();
    });
    const client = dial(port).pause();
    await once(client, 'connect');
    const stalledAt = await standsStill(() => written);
    // What the kernel holds of two loopback connections; the relay itself adds one buffer.
    expect(stalledAt).toBeLessThan(32 * MEBIBYTE);
    const chunks: Buffer[] = [];
    for await (const chunk of client) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(answer)).toBe(true);
  });

  test('holds back a client whose endpoint does not read, and loses nothing', async () => {
    const request = Buffer.alloc(64 * MEBIBYTE, 'abcdefghij');
    const port = await relayTo((socket) => socket.pause());
    const client = dial(port);
    let written = 0;
    for (let at = 0; at < request.length; at += MEBIBYTE) {
      client.write(request.subarray(at, at + MEBIBYTE), () => (written += MEBIBYTE));
    }
    client.end();
    expect(await standsStill(() => written)).toBeLessThan(32 * MEBIBYTE);
    const chunks: Buffer[] = [];
    for await (const chunk of servers[0]!.sockets[0]!) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(request)).toBe(true);
  });

  test('gives its buffer back when both ends are closed, and not before', async () => {
    const port = await relayTo((socket) => socket.on('data', (chunk) => socket.write(chunk)));
    const talk = async (text: string): Promise<Socket> => {
      const client = dial(port);
      client.write(text);
      expect(String((await once(client, 'data'))[0])).toBe(text);
      return client;
    };
    const [first, second] = await Promise.all([talk('first'), talk('second')]);
    first.end();
    await waitUntil('the back end to see the end', () =>
      servers[0]?.sockets.some((s) => s.readableEnded),
    );
    const third = await talk('third');
    for (const client of [second, third]) client.destroy();
  });
});

/** The value once it has not changed for 20 looks. */
async function standsStill(look: () => number): Promise<number> {
  let last = -1;
  let sameCount = 0;
  return waitUntil('a value to stand still', () => {
    sameCount = look() === last ? sameCount + 1 : 0;
    last = look();
    return sameCount >= 20 && last > 0 ? last : undefined;
  });
}
