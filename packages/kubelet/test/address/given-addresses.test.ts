import { expect, test } from 'vitest';
import { createGivenAddresses } from '../../src/address/given-addresses.ts';

test('hands its addresses out in turn, and says so when none is left', async () => {
  const addresses = createGivenAddresses(['10.244.1.1', '10.244.1.2']);
  await addresses.start();
  const first = addresses.acquire([8080]);
  expect(first).toEqual({ address: '10.244.1.1', portMap: {} });
  addresses.release(first);
  expect(addresses.acquire([]).address).toBe('10.244.1.2');
  expect(addresses.acquire([]).address).toBe('10.244.1.1');
  expect(() => addresses.acquire([])).toThrow('all 2 are in use');
  await addresses.stop();
});
