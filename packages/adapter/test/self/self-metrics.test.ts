import { writeExposition } from '@bellows/exposition';
import { promtoolComplaints } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { SelfMetrics } from '../../src/self/self-metrics.ts';

test('writes a page that promtool has nothing to say about', () => {
  const metrics = new SelfMetrics(() => 1_700_000_000_000);
  metrics.request('custom.metrics.k8s.io', 'get', 200, 'prometheus');
  metrics.sourceDuration('custom.metrics.k8s.io', 'prometheus', 0.02);
  metrics.value('custom.metrics.k8s.io', 'prometheus', 1_699_999_999_000);
  metrics.prometheusRequest('/api/v1/query', 'http://prometheus:9090', 0.01);
  metrics.missing('prometheus');
  metrics.sourceError('prometheus', 'ERR_ADAPTER_SOURCE');
  metrics.clamped('kafka', 2);
  metrics.clamped('prometheus', 0);
  metrics.event('written');
  const page = writeExposition(
    metrics.read({ sources: [], isConfigCurrent: true, certificateExpiresAtMs: 1_800_000_000_000 }),
  );
  expect(page).toContain('bellows_adapter_tls_cert_expiry_timestamp_seconds 1.8e+09\n');
  expect(page).toContain(
    'prometheus_adapter_prometheus_client_request_duration_seconds_count{path="/api/v1/query",server="http://prometheus:9090"} 1\n',
  );
  expect(page).toContain('bellows_adapter_clamped_values_total{source="kafka"} 2\n');
  expect(page).not.toContain('clamped_values_total{source="prometheus"}');
  expect(promtoolComplaints(page)).toBe('');
});

test('counts a value of a clock that is ahead as fresh', () => {
  const metrics = new SelfMetrics(() => 1_000);
  metrics.value('custom.metrics.k8s.io', 'pods', 9_000);
  const page = writeExposition(metrics.read({ sources: [], isConfigCurrent: false }));
  expect(page).toContain('bellows_adapter_sample_age_seconds{source="pods"} 0\n');
  expect(page).toContain('bellows_adapter_config_last_reload_success 0\n');
});
