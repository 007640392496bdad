import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect, createSecureServer, type Http2ServerResponse } from 'node:http2';
import { Agent, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { createKit } from '../../src/index.ts';

const read = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

test('one TLS port for HTTP/2 and HTTP/1 drains both: GOAWAY for the one, close for the other', async () => {
  const kit = createKit({
    adminPort: 0,
    adminHost: '127.0.0.1',
    signals: [],
    drainDelaySeconds: 0.2,
    drainQuietSeconds: 0.05,
    log: () => undefined,
  });
  const held: Http2ServerResponse[] = [];
  const secure = { key: read('key.pem'), cert: read('cert.pem'), allowHTTP1: true };
  const server = createSecureServer(secure, (_request, response) => void held.push(response));
  kit.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  const stream = session.request();
  let streamed = '';
  stream.on('data', (chunk: Buffer) => (streamed += chunk.toString()));
  const streamEnd = once(stream, 'close');
  const wasTold = once(session, 'goaway');

  const agent = new Agent({ keepAlive: true });
  const asked = get({ host: '127.0.0.1', port, agent, rejectUnauthorized: false });
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  await waitUntil('both requests', () => held.length === 2);

  const drained = kit.drain();
  await wasTold;
  for (const response of held) response.end('whole');
  const [response] = await answered;
  expect(response.headers.connection).toBe('close');
  response.resume();
  await streamEnd;
  expect(streamed).toBe('whole');
  expect(await drained).toMatchObject({ drained: 2, aborted: 0, lost: 0 });
  expect(server.listening).toBe(false);
  agent.destroy();
  await kit.stop();
});
