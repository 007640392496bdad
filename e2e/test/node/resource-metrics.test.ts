import { missing, observed } from '@bellows/core';
import { writeExposition } from '@bellows/exposition';
import type { PodStatus } from '@bellows/kubelet';
import { expect, test } from 'vitest';
import { resourceMetrics } from '../../src/node/resource-metrics.ts';

const pod: PodStatus = {
  metadata: { name: 'shop', namespace: 'default', uid: 'u', labels: {}, annotations: {} },
  spec: { containers: [], terminationGracePeriodSeconds: 30, restartPolicy: 'Always' },
  ...{ phase: 'Running', podIP: '10.244.1.1', portMap: {}, startTimeMs: 0, conditions: [] },
  containerStatuses: [
    {
      ...{ name: 'main', ready: true, started: true, restartCount: 0 },
      state: { kind: 'running', startedAtMs: 5_500, pid: 7 },
    },
  ],
};

function pageOf(...usage: Parameters<typeof resourceMetrics>[0][number]['usage']): string {
  return writeExposition(resourceMetrics([{ pod, usage }], 60_000));
}

test('values carry the time of their sample; sums are those of a whole pod', () => {
  const page = pageOf(
    {
      container: 'main',
      cpuSecondsTotal: observed(1.5, 50_000),
      memoryWorkingSetBytes: observed(1024, 50_000),
    },
    {
      container: 'other',
      cpuSecondsTotal: observed(0.5, 51_000),
      memoryWorkingSetBytes: missing('gone'),
    },
  );
  const labels = 'namespace="default",pod="shop"';
  const lines = page.split('\n');
  expect(lines).toContain(
    `container_cpu_usage_seconds_total{container="main",${labels}} 1.5 50000`,
  );
  expect(lines).toContain(`pod_cpu_usage_seconds_total{${labels}} 2 51000`);
  expect(lines).toContain(`container_start_time_seconds{container="main",${labels}} 5.5`);
  expect(lines).toContain('# TYPE node_cpu_usage_seconds_total counter');
  // One container of it is not known.
  expect(page).not.toContain('pod_memory_working_set_bytes{');
});
