import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import {
  issueServing,
  makeAuthority,
  renewAtMs,
  validityOf,
} from '../../src/registration/certificate.ts';

const DAY_MS = 86_400_000;
const HOST = 'bellows-adapter.bellows-system.svc';

test('a client that trusts the authority takes the server by its name, and by no other', async () => {
  const nowMs = Date.now();
  const authority = await makeAuthority(nowMs, DAY_MS);
  const serving = await issueServing(authority, [HOST, 'bellows-adapter'], {
    nowMs,
    lifeMs: DAY_MS,
  });
  const server = createServer({ cert: serving.certificate, key: serving.key }, (socket) => {
    socket.end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answerTo = async (servername: string): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca: authority.certificate });
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString();
  };
  try {
    expect(await answerTo(HOST)).toBe('hello');
    expect(await answerTo('bellows-adapter')).toBe('hello');
    await expect(answerTo('elsewhere.svc')).rejects.toThrow('altnames');
  } finally {
    server.close();
    await once(server, 'close');
  }
});

test('an authority signs servers and no further authority', async () => {
  const nowMs = Date.now();
  const authority = await makeAuthority(nowMs, DAY_MS);
  const serving = await issueServing(authority, [HOST], { nowMs, lifeMs: DAY_MS });
  const [issuer, leaf] = [authority, serving].map((pem) => new X509Certificate(pem.certificate));
  expect(issuer?.ca).toBe(true);
  expect(leaf?.ca).toBe(false);
  expect(issuer && leaf?.checkIssued(issuer)).toBe(true);
  expect(issuer && leaf?.verify(issuer.publicKey)).toBe(true);
  expect(leaf?.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

test('a certificate ends no later than its authority, and began a little before it was made', async () => {
  const nowMs = 1_700_000_000_000;
  const authority = await makeAuthority(nowMs, DAY_MS);
  const serving = await issueServing(authority, [HOST], { nowMs, lifeMs: 90 * DAY_MS });
  expect(validityOf(serving.certificate)).toEqual({
    notBeforeMs: nowMs - 300_000,
    notAfterMs: nowMs + DAY_MS,
  });
});

test('is renewed at two thirds of its life', () => {
  expect(renewAtMs({ notBeforeMs: 1_000, notAfterMs: 4_000 })).toBe(3_000);
});
