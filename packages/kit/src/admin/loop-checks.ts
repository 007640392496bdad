import type { AdminConfig } from './admin-config.ts';
import type { HealthCheck } from './health-checks.ts';
import { conditionOf, type LoopGroup } from './loop-state.ts';

/**
 * What the other loops of a service add to an endpoint's checks: a cluster's children, or its worker threads. One that
 * is stuck is no reason to end all, hence the whole is not live only when all of them are; ready is what has one that
 * is, whose drain it waits for.
 */
export function loopChecks(
  endpoint: string,
  config: Pick<AdminConfig, 'livenessStallMs' | 'readinessStallMs'>,
  { name, loops }: LoopGroup,
): HealthCheck[] {
  if (loops.length === 0) return [];
  const conditions = (stallMs: number) => loops.map((loop) => conditionOf(loop, stallMs));
  const allStuck: HealthCheck = {
    name,
    check: () =>
      conditions(config.livenessStallMs).every((condition) => condition === 'stuck')
        ? `the event loops of all ${loops.length} ${name} are stuck`
        : undefined,
  };
  const noneReady: HealthCheck = {
    name,
    check: ({ phase }) =>
      phase === 'draining' || conditions(config.readinessStallMs).includes('ready')
        ? undefined
        : `none of ${loops.length} ${name} is ready`,
  };
  if (endpoint === 'livez' || endpoint === 'healthz') return [allStuck];
  return endpoint === 'readyz' ? [noneReady] : [];
}
