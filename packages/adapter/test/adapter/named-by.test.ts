import { expect, test } from 'vitest';
import { autoscalersNaming } from '../../src/adapter/named-by.ts';
import { readDemand } from '../../src/demand/autoscaler-demand.ts';
import { autoscalerOf } from '../fixtures/autoscalers.ts';

const demand = ['shop', 'bank'].map((namespace) =>
  readDemand(autoscalerOf('web', ['queue'], { namespace })),
);
const asked = { metric: 'queue', source: '', reason: 'MetricUnknown', message: '' } as const;

test('finds those of the namespace; of all for what has none; none for the other API', () => {
  const group = 'custom.metrics.k8s.io';
  const namespacesOf = (namespace: string): string[] =>
    autoscalersNaming({ ...asked, group, namespace }, demand).map((one) => one.namespace);
  expect(namespacesOf('shop')).toEqual(['shop']);
  expect(namespacesOf('')).toEqual(['shop', 'bank']);
  const external = { ...asked, group: 'external.metrics.k8s.io', namespace: 'shop' } as const;
  expect(autoscalersNaming(external, demand)).toEqual([]);
});
