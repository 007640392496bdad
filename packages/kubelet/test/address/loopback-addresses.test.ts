import { once } from 'node:events';
import { createServer } from 'node:net';
import { createRandom } from '@bellows/core';
import { afterEach, describe, expect, test } from 'vitest';
import { machineHas } from '@bellows/testkit';
import { createLoopbackAddresses } from '../../src/address/loopback-addresses.ts';
import type { PodAddresses } from '../../src/address/pod-addresses.ts';

const started: PodAddresses[] = [];
afterEach(() => Promise.all(started.splice(0).map((addresses) => addresses.stop())));
async function start(seed: number): Promise<PodAddresses> {
  const addresses = createLoopbackAddresses(createRandom(seed));
  started.push(addresses);
  await addresses.start();
  return addresses;
}
const blockOf = (addresses: PodAddresses): string =>
  addresses.acquire([]).address.split('.').slice(0, 2).join('.');

describe.runIf(machineHas('linux'))('createLoopbackAddresses', () => {
  test('gives addresses that can be bound, each once', async () => {
    const addresses = await start(7);
    const given = Array.from({ length: 1000 }, () => addresses.acquire([3000]).address);
    expect(new Set(given).size).toBe(1000);
    for (const host of [given[0], given[253], given[254], given[999]]) {
      expect(host).toMatch(
        /^127\.(1[6-9]|[2-9]\d|1\d\d|2[0-3]\d)\.[0-3]\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/,
      );
      const server = createServer().listen({ host: host ?? '', port: 0 });
      await once(server, 'listening');
      server.close();
    }
  });

  test('two runs with the same random numbers have blocks of their own', async () => {
    const [first, second] = [await start(42), await start(42)];
    expect(blockOf(first)).not.toBe(blockOf(second));
  });

  test('does not give a released address again soon', async () => {
    const addresses = await start(1);
    const first = addresses.acquire([]);
    addresses.release(first);
    expect(addresses.acquire([]).address).not.toBe(first.address);
  });

  test('gives nothing before its start and after its end', async () => {
    const addresses = createLoopbackAddresses(createRandom(1));
    expect(() => addresses.acquire([])).toThrow('no loopback address');
    await addresses.start();
    await addresses.stop();
    await addresses.stop();
    expect(() => addresses.acquire([])).toThrow('no loopback address');
  });
});
