import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { Handshakes } from '../../src/http/handshakes.ts';
import { connectRaw } from '../fixtures/raw-client.ts';

const read = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

test('a handshake counts until it is complete, and is cut when it takes too long', async () => {
  const server = createServer({ key: read('key.pem'), cert: read('cert.pem') });
  const handshakes = new Handshakes(server, () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;

  const half = await connectRaw(port);
  await waitUntil('the half one', () => handshakes.size === 1);
  const whole = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(whole, 'secureConnect');
  await waitUntil('the whole one', () => handshakes.size === 1);

  expect(handshakes.tidy(60_000)).toBeGreaterThan(50_000);
  expect(handshakes.cut).toBe(0);
  expect(handshakes.tidy(0)).toBe(Infinity);
  await half.ended;
  expect(handshakes.cut).toBe(1);
  await waitUntil('none', () => handshakes.size === 0);
  expect(whole.destroyed).toBe(false);
  whole.destroy();
});
