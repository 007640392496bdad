import type { MetricFamily } from '@bellows/exposition';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import { MetricRegistry } from '../instruments/metric-registry.ts';
import { cgroupFamilies } from '../runtime-metrics/cgroup-families.ts';
import { findCgroup } from '../runtime-metrics/cgroup-files.ts';
import { processFamilies } from '../runtime-metrics/process-families.ts';
import { ThreadPoolSampler } from '../runtime-metrics/thread-pool-wait.ts';
import { MetricsView } from './metrics-view.ts';
import { stateFamilies, type ServiceState } from './state-families.ts';
import { TakenNames } from './taken-names.ts';

/**
 * Everything that stands in `/metrics`, in its order: what this thread reads itself, then the service's metrics, then
 * what there is to say of those.
 * @param metrics - The service's.
 * @param onWorker - Whether this is a thread of its own, which can then watch the thread pool.
 */
export function createAdminFamilies(
  metrics: MetricsView,
  onWorker: boolean,
): (state: ServiceState) => Iterable<MetricFamily> {
  const cgroup = findCgroup();
  const own = onWorker ? watchThreadPool() : undefined;
  return function* (state) {
    const taken = new TakenNames();
    const read = [...stateFamilies(state), ...processFamilies(), ...cgroupFamilies(cgroup)];
    for (const family of read) taken.take([family.name], family);
    const nowSeconds = monotonicSeconds();
    yield* read;
    if (own !== undefined) yield* own.families(nowSeconds, taken);
    yield* metrics.families(nowSeconds, taken);
    yield* metrics.accounts();
  };
}

/** Metrics of this thread's own, from the one registry that is not the main thread's. */
function watchThreadPool(): MetricsView {
  const registry = new MetricRegistry(1);
  new ThreadPoolSampler(registry).start();
  return new MetricsView(registry.journal.entries);
}
