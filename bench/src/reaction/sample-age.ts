import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient } from '@bellows/kubernetes';
import { namespaceOf, type Signal } from './signals.ts';

interface MetricValues {
  readonly items: readonly { readonly timestamp: string }[];
}

const PERIOD_MS = 1_000;

/** Asks for a metric each second, as the autoscaler does, and notes how old the samples behind it are. */
export function sampleAgesMs(
  client: KubernetesClient,
  signal: Signal,
  name: string,
): { stop(): Promise<number[]> } {
  const path = `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${namespaceOf(signal)}/pods/*/${signal.metric}`;
  const stopping = new AbortController();
  const asking = (async () => {
    const ages: number[] = [];
    while (!stopping.signal.aborted) {
      const values = await client
        .get<MetricValues>(path, { labelSelector: `app=${name}` })
        // A metric that cannot be read has no age.
        .catch(() => ({ items: [] }));
      const nowMs = Date.now();
      ages.push(...values.items.map(({ timestamp }) => nowMs - Date.parse(timestamp)));
      await sleep(PERIOD_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    return ages;
  })();
  return {
    stop() {
      stopping.abort();
      return asking;
    },
  };
}
