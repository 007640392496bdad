import { expect, test } from 'vitest';
import { PrometheusBackends } from '../../src/adapter/prometheus-backends.ts';
import { readAdapterConfig } from '../../src/config/read-adapter-config.ts';
import type { SourceConfig } from '../../src/config/source-config.ts';
import { startScriptedPrometheus } from '../fixtures/scripted-prometheus.ts';

function sourcesOf(...urls: readonly string[]): readonly SourceConfig[] {
  const sources = urls.map((url, index) => ({
    name: `p${index}`,
    prometheus: { url, tenantHeader: 'X-Scope-OrgID' },
  }));
  const text = JSON.stringify({ rules: [], sources });
  return readAdapterConfig({ file: 'config.yaml', text }).sources ?? [];
}

test('keeps a client for as long as what is said of it stays the same', async () => {
  await using prometheus = await startScriptedPrometheus();
  const asked: string[] = [];
  const backends = new PrometheusBackends({ onRequest: ({ path }) => asked.push(path) });
  const first = backends.open(sourcesOf(prometheus.url, prometheus.url));
  backends.closeOthers(first);
  const second = backends.open(sourcesOf(prometheus.url, `${prometheus.url}/other`));
  expect(second.get('p0')?.backend).toBe(first.get('p0')?.backend);
  expect(second.get('p1')?.backend).not.toBe(first.get('p1')?.backend);
  expect(second.get('p1')?.backend.tenantHeader).toBe('X-Scope-OrgID');
  await second.get('p0')?.backend.client.query('up');
  expect(prometheus.queries()).toEqual(['up']);
  expect(asked).toEqual(['/api/v1/query']);
  backends.closeOthers(new Map());
});
