import type { AdminConfig } from '../admin/admin-config.ts';
import type { HealthCheck } from '../admin/health-checks.ts';
import { conditionOf, type MemberState } from './member-state.ts';

/**
 * What the children of a cluster add to an endpoint's checks: one that is stuck is replaced, and the whole is not live
 * only when all of them are; ready is what has a child that is, whose drain it waits for.
 */
export function memberChecks(
  endpoint: string,
  config: Pick<AdminConfig, 'livenessStallMs' | 'readinessStallMs'>,
  members: readonly MemberState[],
): HealthCheck[] {
  if (members.length === 0) return [];
  const conditions = (stallMs: number) => members.map((member) => conditionOf(member, stallMs));
  const allStuck: HealthCheck = {
    name: 'children',
    check: () =>
      conditions(config.livenessStallMs).every((condition) => condition === 'stuck')
        ? `the event loops of all ${members.length} children are stuck`
        : undefined,
  };
  const noneReady: HealthCheck = {
    name: 'children',
    check: ({ phase }) =>
      phase === 'draining' || conditions(config.readinessStallMs).includes('ready')
        ? undefined
        : `none of ${members.length} children is ready`,
  };
  if (endpoint === 'livez' || endpoint === 'healthz') return [allStuck];
  return endpoint === 'readyz' ? [noneReady] : [];
}
