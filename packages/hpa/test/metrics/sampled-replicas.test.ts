import { describe, expect, test } from 'vitest';
import {
  averageReplicas,
  utilizationReplicas,
  type SampleSource,
} from '../../src/metrics/sampled-replicas.ts';
import type { PodSample } from '../../src/pod-samples.ts';
import { metricContext } from '../metric-contexts.ts';
import { NOW_MS, readyPod, readyPods } from '../samples.ts';

const samplesOf = (count: number, valueMilli: number): Map<string, PodSample> =>
  new Map(
    Array.from({ length: count }, (_, index) => [
      `shop-${index}`,
      { valueMilli, atMs: NOW_MS, windowMs: 0 },
    ]),
  );

describe('averageReplicas', () => {
  test('fails without pods', () => {
    expect(averageReplicas(metricContext({ pods: [] }), samplesOf(1, 1), {}, 1)).toMatchObject({
      ok: false,
      error: 'no pods returned by selector while calculating replica count',
    });
  });

  test('counts a pod that is starting, unless the resource is cpu', () => {
    const pods = [readyPod('shop-0'), readyPod('shop-1', { startedAtMs: NOW_MS, ready: 'False' })];
    const context = metricContext({ pods });
    const samples = samplesOf(2, 10);
    const podsOf = (source: SampleSource) => {
      const outcome = averageReplicas(context, samples, source, 10);
      return outcome.ok ? outcome.value.trace().pods : undefined;
    };
    expect(podsOf({})).toMatchObject({ ready: 2, unready: 0 });
    expect(podsOf({ resource: 'cpu' })).toMatchObject({ ready: 1, unready: 1 });
  });
});

describe('utilizationReplicas', () => {
  const source = { resource: 'cpu' };

  test('takes missing pods to use what they request, or the target if that is more', () => {
    const context = metricContext({ pods: readyPods(4), currentReplicas: 4 });
    const samples = samplesOf(1, 100);
    // 20 % of 500m, and three pods at 100 %: 80 % on average, which asks for 4 × 0.8 / 0.9 of them.
    expect(utilizationReplicas(context, samples, source, 90)).toMatchObject({
      value: { proposal: { correctedRatio: 80 / 90, replicas: 4 } },
    });
    // At a target of 200 % they count as 200 %: (20 + 3 × 200) / 4 is 155 %.
    expect(utilizationReplicas(context, samples, source, 200)).toMatchObject({
      value: { proposal: { correctedRatio: 155 / 200 } },
    });
  });

  test('fails for a missing request only after it has looked at the samples', () => {
    const pods = [readyPod('shop-0', { containers: [{ name: 'app' }] })];
    const context = metricContext({ pods });
    expect(utilizationReplicas(context, samplesOf(1, 1), source, 50)).toMatchObject({
      error: 'missing request for cpu in container app of Pod shop-0',
    });
    expect(utilizationReplicas(context, new Map(), source, 50)).toMatchObject({
      error: 'did not receive metrics for targeted pods (pods might be unready)',
    });
  });
});
