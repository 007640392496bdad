import { missing, observed } from '@bellows/core';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import { expect, test } from 'vitest';
import { createSignalCollector } from '../../src/signals/signal-collector.ts';
import { FakeScraper } from '../fixtures/fake-scraper.ts';
import { autoscaler, NOW_MS, podStatus } from '../fixtures/objects.ts';

const onQueue = autoscaler();
const onCpu = autoscaler({
  metrics: [
    {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '100m' } },
    },
  ],
});
const withMetricsPort = {
  ports: [{ name: 'metrics', containerPort: 9090, protocol: 'TCP' as const }],
};
const pod = podStatus({ name: 'a', container: withMetricsPort, startTimeMs: NOW_MS });

function collectorOf(...autoscalers: HorizontalPodAutoscaler[]): {
  scraper: FakeScraper;
  sampled: string[];
  collector: ReturnType<typeof createSignalCollector>;
} {
  const scraper = new FakeScraper();
  const sampled: string[] = [];
  const usage = (uid: string): ReturnType<Parameters<typeof createSignalCollector>[0]['usage']> => {
    sampled.push(uid);
    const atMs = NOW_MS + sampled.length * 5000;
    return [
      {
        container: 'app',
        cpuSecondsTotal: observed(sampled.length, atMs),
        memoryWorkingSetBytes: observed(2048, atMs),
      },
    ];
  };
  const collector = createSignalCollector({ autoscalers, scraper, usage });
  return { scraper, sampled, collector };
}

test('only metrics that an HPA names are collected, from where its annotation says', () => {
  const metadata = {
    ...onQueue.metadata,
    annotations: { 'bellows.dev/metrics': 'queue_length: { series: jobs }' },
  };
  const { scraper, collector } = collectorOf({ ...onQueue, metadata });
  collector.start();
  expect(scraper.kept).toEqual([{ name: 'queue_length', source: { series: 'jobs' } }]);
});

test('pods that can be scraped are targets', () => {
  const { scraper, collector } = collectorOf(onQueue);
  collector.setPods([pod, podStatus({ name: 'without-port' })]);
  expect(scraper.targets).toEqual([
    { podName: 'a', podUid: 'uid-a', url: 'http://127.0.0.2:9090/metrics' },
  ]);
});

test('nothing is scraped when no HPA has a Pods metric, and nothing sampled when none has a Resource metric', () => {
  const onlyCpu = collectorOf(onCpu);
  onlyCpu.collector.setPods([pod]);
  expect(onlyCpu.scraper.targets).toEqual([]);
  const onlyQueue = collectorOf(onQueue);
  onlyQueue.collector.sampleUsage([pod], NOW_MS);
  expect(onlyQueue.sampled).toEqual([]);
});

test('a pod’s use is what the sampler makes of the kubelet’s figures, until the pod is gone', () => {
  const { collector } = collectorOf(onCpu);
  collector.sampleUsage([pod], NOW_MS);
  collector.sampleUsage([pod], NOW_MS + 5000);
  const { podUsage } = collector.sourcesOf(onCpu);
  expect(podUsage('uid-a', NOW_MS + 15_000)).toMatchObject({
    windowSeconds: 10,
    containers: [{ cpu: '200000000n' }],
  });
  collector.setPods([]);
  expect(podUsage('uid-a', NOW_MS + 15_000)).toEqual(missing('no container has been sampled yet'));
});
