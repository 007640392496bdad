import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CONTENDERS } from '../../src/kit-goodput/contenders.ts';

test.each(Object.keys(CONTENDERS))('%s answers what the others answer', async (name) => {
  const server = (await CONTENDERS[name]!(1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/items/42`);
  expect(await response.json()).toEqual({ id: 42, name: 'Item 42' });
  server.closeAllConnections();
  server.close();
});
