import { describe, expect, test } from 'vitest';
import { readAdapterOptions } from '../../src/adapter/adapter-options.ts';

describe('readAdapterOptions', () => {
  test('has prometheus-adapter’s defaults', () => {
    expect(readAdapterOptions({})).toMatchObject({
      prometheus: { url: 'https://localhost' },
      server: { port: 443 },
      certificate: { secret: { namespace: 'bellows-system', name: 'bellows-adapter-ca' } },
    });
    expect(readAdapterOptions({}).registration).toBeUndefined();
  });

  test('registers what it is told to, with the Service and its names in the certificate', () => {
    const flags = { service: 'monitoring/metrics:8443', register: 'custom, external' };
    const options = readAdapterOptions({ ...flags, takeOver: true });
    expect(options.registration).toEqual({
      service: { namespace: 'monitoring', name: 'metrics', port: 8443 },
      apis: ['custom', 'external'],
      takeOver: true,
    });
    expect(options.certificate).toMatchObject({
      secret: { namespace: 'monitoring' },
      hosts: expect.arrayContaining(['metrics.monitoring.svc']) as string[],
    });
  });

  test('logs requests to Prometheus from level 6 on, as prometheus-adapter does', () => {
    expect([5, 6].map((v) => readAdapterOptions({ v }).logQueries)).toEqual([false, true]);
  });

  test('takes an age below the interval outside of strict mode', () => {
    const { rules } = readAdapterOptions({ metricsMaxAge: 1000 });
    expect(rules).toEqual({ maxAgeMs: 1000 });
  });

  test('serves the files it is given', () => {
    const flags = { tlsCertFile: 'tls.crt', tlsPrivateKeyFile: 'tls.key', tlsCaFile: 'ca.crt' };
    expect(readAdapterOptions(flags).certificate).toEqual({
      files: { certFile: 'tls.crt', keyFile: 'tls.key', caFile: 'ca.crt' },
    });
  });

  test('shows Prometheus the service account when told to', () => {
    const { prometheus } = readAdapterOptions({ prometheusAuthIncluster: true });
    expect(prometheus.tokenFile).toBe('/var/run/secrets/kubernetes.io/serviceaccount/token');
  });

  test.each([
    [{ register: 'custom,all', service: 'a/b' }, 'got all'],
    [{ tlsCertFile: 'tls.crt' }, '--tls-private-key-file'],
    [{ prometheusAuthConfig: 'kubeconfig' }, '--prometheus-auth-config'],
    [{ metricsMaxAge: 59_999, metricsRelistInterval: 60_000, compatibility: 'strict' }, '59.999s'],
  ] as const)('refuses %j', (flags, words) => {
    expect(() => readAdapterOptions(flags)).toThrow(words);
  });
});
