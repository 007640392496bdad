import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { machineHas } from '@bellows/testkit';
import { holdersOf, parseListeners, readListeners } from '../../src/process/listeners.ts';

const row = (local: string, state: string): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0`;

describe('parseListeners', () => {
  test.each([
    ['0100007F:0BB8', '127.0.0.1', 3000],
    ['00000000:1F90', '0.0.0.0', 8080],
    ['00000000000000000000000000000000:0050', '::', 80],
    ['00000000000000000000000001000000:0050', '::1', 80],
    ['0000000000000000FFFF00000100007F:0050', '::ffff:127.0.0.1', 80],
    ['B80D0120000000000000000001000000:0050', '2001:db8:0:0:0:0:0:1', 80],
  ])('reads %s', (local, address, port) => {
    expect(parseListeners(`header\n${row(local, '0A')}\n`)).toEqual([
      { address, port, inode: 4242 },
    ]);
  });

  test('leaves out what does not listen, and text of another form', () => {
    expect(parseListeners(`header\n${row('0100007F:0BB8', '01')}\nnonsense\n`)).toEqual([]);
    expect(parseListeners('')).toEqual([]);
  });
});

test.runIf(machineHas('linux'))('finds a real listener and its process', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const found = readListeners().filter((listener) => listener.port === port);
  expect(found).toMatchObject([{ address: '127.0.0.1' }]);
  expect(holdersOf(new Set([found[0]?.inode ?? 0]), [process.pid, process.ppid])).toEqual([
    process.pid,
  ]);
  server.close();
});
