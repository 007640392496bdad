import { expect, test } from 'vitest';
import type { PrometheusClient } from '../../src/prometheus/prometheus-client.ts';
import { askFor } from '../../src/rules/backend.ts';

const client: PrometheusClient = {
  query: () => Promise.reject(new Error('not asked')),
  series: () => Promise.reject(new Error('not asked')),
  version: () => Promise.resolve(undefined),
  close: () => undefined,
};

test.each([
  ['X-Scope-OrgID', 'shop', { 'X-Scope-OrgID': 'shop' }],
  ['X-Scope-OrgID', '', undefined],
  ['', 'shop', undefined],
])(
  'with header %j a question for namespace %j has headers %j',
  (tenantHeader, namespace, headers) => {
    const asked = askFor({ client, tenantHeader }, namespace, { timeoutMs: 5 });
    expect(asked).toEqual({ timeoutMs: 5, ...(headers && { headers }) });
  },
);
