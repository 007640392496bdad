import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { machineHas } from '@bellows/testkit';
import { viewPort } from '../../src/process/view-port.ts';

test.runIf(machineHas('linux'))(
  'names this process’s sockets, and leaves out those of other pods',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const other = createServer().listen(port, '127.9.9.9');
    await once(other, 'listening');
    const pods = [
      { name: 'a', address: '127.9.9.8', mainPids: [] },
      { name: 'b', address: '127.9.9.9', mainPids: [] },
    ];
    const asked = { pod: 'a', podAddress: '127.9.9.8', port };
    const view = viewPort(asked, pods);
    expect(view).toMatchObject({
      ...asked,
      holders: [{ listener: { address: '127.0.0.1', port }, owner: 'a Service of this run' }],
    });
    server.close();
    other.close();
    await once(other, 'close');
    expect(viewPort(asked, pods).holders).toEqual([]);
  },
);
