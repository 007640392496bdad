import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { uninstall } from '../../src/adapter/uninstall.ts';

const EXTERNAL = 'v1beta1.external.metrics.k8s.io';
const CUSTOM = 'v1beta2.custom.metrics.k8s.io';
const leadingTo = (name: string): object => ({
  metadata: { name: 'x', resourceVersion: '1' },
  spec: { service: { namespace: 'bellows-system', name } },
});

test('takes away what leads to the Service, leaves the rest, and says both', async () => {
  const services = new Map([
    [CUSTOM, leadingTo('bellows-adapter')],
    [EXTERNAL, leadingTo('somebody-else')],
  ]);
  const api = createServer(({ method, url = '' }, response) => {
    const name = url.split(/[/?]/).at(-1) ?? '';
    const found = services.get(name);
    if (method === 'DELETE') services.delete(name);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { kind: 'Status', code: 404, reason: 'NotFound' }));
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  await using folder = await temporaryDirectory();
  const kubeconfig = join(folder.path, 'config');
  const server = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x' },
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  try {
    const said = await uninstall({ service: 'bellows-system/bellows-adapter', kubeconfig });
    expect(said.split('\n')).toEqual(
      expect.arrayContaining([
        `${CUSTOM}: removed`,
        `${EXTERNAL}: left, since it leads to another Service`,
        'v1beta1.metrics.k8s.io: not there',
      ]),
    );
    expect([...services.keys()]).toEqual([EXTERNAL]);
  } finally {
    api.closeAllConnections();
    api.close();
  }
});

test('refuses what names no Service', async () => {
  await expect(uninstall({ service: 'bellows-adapter' })).rejects.toMatchObject({
    code: 'ERR_CLI_USAGE',
  });
});
