import { expect, test } from 'vitest';
import { endpointSlice, serviceOfSlice } from '../../src/proxy/endpoint-slices.ts';

const metadata = {
  name: 'shop-x',
  namespace: 'default',
  labels: { 'kubernetes.io/service-name': 'shop' },
};

test('what is not said of an endpoint counts as Kubernetes says', () => {
  const slice = endpointSlice({
    metadata,
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }, {}],
    endpoints: [
      { addresses: ['10.244.1.1'] },
      {
        addresses: ['10.244.1.2'],
        conditions: { ready: false, serving: true, terminating: true },
        targetRef: { name: 'shop-2' },
      },
      { addresses: ['10.244.1.3'], conditions: { ready: false } },
    ],
  });
  expect(slice.ports).toEqual([{ name: 'http', port: 8080 }]);
  expect(slice.endpoints.map(({ conditions, targetRef }) => [targetRef.name, conditions])).toEqual([
    ['10.244.1.1', { ready: true, serving: true, terminating: false }],
    ['shop-2', { ready: false, serving: true, terminating: true }],
    ['10.244.1.3', { ready: false, serving: false, terminating: false }],
  ]);
  expect(endpointSlice({ metadata, addressType: 'IPv4', ports: null, endpoints: null })).toEqual({
    ...{ ports: [], endpoints: [] },
  });
});

test('a slice belongs to the Service it names, unless its addresses are of another kind', () => {
  expect(serviceOfSlice({ metadata, addressType: 'IPv4' })).toBe('default/shop');
  expect(serviceOfSlice({ metadata, addressType: 'IPv6' })).toBeUndefined();
  expect(serviceOfSlice({ metadata: { name: 'a' }, addressType: 'IPv4' })).toBeUndefined();
});
