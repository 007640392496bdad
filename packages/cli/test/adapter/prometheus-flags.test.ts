import { expect, test } from 'vitest';
import { readPrometheusFlags } from '../../src/adapter/prometheus-flags.ts';

test('splits a header at its first equals sign; one without a value is empty', () => {
  const prometheusHeader = ['X-Scope-OrgID=a=b', 'X-Empty'];
  expect(readPrometheusFlags({ prometheusHeader }).headers).toEqual([
    ['X-Scope-OrgID', 'a=b'],
    ['X-Empty', ''],
  ]);
});

test('shows files of its own before those of the service account', () => {
  const flags = { prometheusAuthIncluster: true, prometheusTokenFile: 'token' } as const;
  expect(readPrometheusFlags(flags)).toMatchObject({
    tokenFile: 'token',
    caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
  });
});

test('shows a certificate with its key, and asks as it is told to', () => {
  const certificate = {
    prometheusClientTlsCertFile: 'tls.crt',
    prometheusClientTlsKeyFile: 'tls.key',
  };
  const flags = { ...certificate, prometheusVerb: 'POST', prometheusUrl: 'http://p:9090' } as const;
  expect(readPrometheusFlags(flags)).toEqual({
    ...{ url: 'http://p:9090', headers: [], method: 'POST' },
    client: { certFile: 'tls.crt', keyFile: 'tls.key' },
  });
});
