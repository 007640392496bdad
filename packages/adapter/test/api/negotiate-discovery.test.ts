import { expect, test } from 'vitest';
import { negotiateDiscovery } from '../../src/api/negotiate-discovery.ts';

const form = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

test.each([
  ['', 'legacy'],
  ['*/*', 'legacy'],
  ['application/*', 'legacy'],
  ['application/vnd.kubernetes.protobuf, */*', 'legacy'],
  ['text/html', 'legacy'],
  [form('v2'), 'v2'],
  [form('v2beta1'), 'v2beta1'],
  [`${form('v2beta1')},${form('v2')}`, 'v2beta1'],
  [`${form('v2beta1')};q=0.5,${form('v2')}`, 'v2'],
  [`${form('v2')};q=0,application/json`, 'legacy'],
  [`application/json;q=0.9,${form('v2')}`, 'v2'],
  [form('v3'), undefined],
  [`${form('v3')},application/json;q=0.1`, 'legacy'],
  ['application/json;as=Table;v=v1;g=meta.k8s.io', undefined],
  [
    'application/vnd.kubernetes.protobuf;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    undefined,
  ],
  [' Application/JSON ; Q', 'legacy'],
])('%s is answered with %s', (accept, expected) => {
  expect(negotiateDiscovery(accept)).toBe(expected);
});
