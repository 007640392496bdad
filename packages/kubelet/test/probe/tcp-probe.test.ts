import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runTcpProbe } from '../../src/probe/tcp-probe.ts';

test('succeeds when the connection opens, fails when it is refused', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await runTcpProbe({ host: '127.0.0.1', port }, 1000)).toMatchObject({
    outcome: 'success',
  });
  server.close();
  await once(server, 'close');
  expect(await runTcpProbe({ host: '127.0.0.1', port }, 1000)).toEqual({
    outcome: 'failure',
    message: `dial tcp 127.0.0.1:${port}: connect: connection refused`,
    refused: true,
  });
});
