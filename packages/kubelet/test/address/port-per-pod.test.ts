import { createRandom } from '@bellows/core';
import { expect, test } from 'vitest';
import { createPortPerPod } from '../../src/address/port-per-pod.ts';

test('gives each container port of each pod a port of its own on 127.0.0.1', async () => {
  const addresses = createPortPerPod(createRandom(1));
  await addresses.start();
  const [first, second] = [addresses.acquire([3000, 9090]), addresses.acquire([3000, 9090])];
  expect(first.address).toBe('127.0.0.1');
  expect(Object.keys(first.portMap)).toEqual(['3000', '9090']);
  const real = [first, second].flatMap(({ portMap }) => Object.values(portMap));
  expect(new Set(real).size).toBe(4);
  expect(real.every((port) => port >= 20_000 && port < 40_000)).toBe(true);
  addresses.release(first);
  await addresses.stop();
});
