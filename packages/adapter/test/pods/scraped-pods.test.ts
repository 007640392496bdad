import { parseLabelSelector } from '@bellows/core';
import type { DiscoveredPod } from '@bellows/scrape';
import { expect, test } from 'vitest';
import { readDemand } from '../../src/demand/autoscaler-demand.ts';
import { planScrapes, type ScrapePlan } from '../../src/pods/scrape-plan.ts';
import { QueryMemory, ScrapedPods } from '../../src/pods/scraped-pods.ts';
import { autoscalerOf } from '../fixtures/autoscalers.ts';

const planOf = (metrics: readonly string[]): ScrapePlan =>
  planScrapes([readDemand(autoscalerOf('web', metrics))], () => ({
    ...{ kind: 'known', text: '' },
    selector: parseLabelSelector('app=web'),
  }));
const podOf = (name: string, change: Partial<DiscoveredPod> = {}): DiscoveredPod => ({
  ...{ name, uid: `uid-${name}`, namespace: 'shop', labels: { app: 'web' }, isLive: true },
  targets: [{ podName: name, podUid: `uid-${name}`, url: `http://10.0.0.1/${name}` }],
  ...change,
});

test('pods that live and are selected are scraped for what is named', () => {
  const pods = new ScrapedPods(
    [podOf('b'), podOf('a'), podOf('c', { isLive: false }), podOf('d', { labels: {} })],
    planOf(['rps']),
    new QueryMemory(),
  );
  expect(pods.inNamespace('shop').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(pods.inNamespace('other')).toEqual([]);
  expect(pods.targets.map(({ podName, metrics }) => [podName, metrics])).toEqual([
    ['b', [{ name: 'rps' }]],
    ['a', [{ name: 'rps' }]],
  ]);
});

test('a plan that says the same again changes no target', () => {
  const memory = new QueryMemory();
  const metricsWith = (metrics: readonly string[]): unknown => {
    const { targets } = new ScrapedPods([podOf('a')], planOf(metrics), memory);
    memory.keepOnly(targets);
    return targets[0]?.metrics;
  };
  const first = metricsWith(['rps']);
  expect(metricsWith(['rps'])).toBe(first);
  expect(metricsWith(['rps', 'lag'])).not.toBe(first);
  // It was forgotten meanwhile.
  expect(metricsWith(['rps'])).not.toBe(first);
});
