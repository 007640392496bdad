import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CANCELLED } from '../../src/probe/probe-report.ts';
import { runTcpProbe } from '../../src/probe/tcp-probe.ts';

const never = new AbortController().signal;

test('succeeds when the connection opens, fails when it is refused', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await runTcpProbe({ host: '127.0.0.1', port }, 1000, never)).toMatchObject({
    outcome: 'success',
  });
  server.close();
  await once(server, 'close');
  expect(await runTcpProbe({ host: '127.0.0.1', port }, 1000, never)).toEqual({
    outcome: 'failure',
    message: `dial tcp 127.0.0.1:${port}: connect: connection refused`,
    refused: true,
  });
});

test('one that is called off says so, before or during the connect', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const caller = new AbortController();
  const report = runTcpProbe(target, 60_000, caller.signal);
  caller.abort();
  expect(await report).toBe(CANCELLED);
  expect(await runTcpProbe(target, 60_000, caller.signal)).toBe(CANCELLED);
  server.close();
});
