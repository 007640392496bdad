import { createBalancer } from '@bellows/balancer';
import { createRandom } from '@bellows/core';
import { createKubelet } from '@bellows/kubelet';
import { createScraper } from '@bellows/scrape';
import { LocalSupervisor } from './local-supervisor.ts';
import type { Supervisor, SupervisorListener, SupervisorOptions } from './supervisor.ts';

/**
 * Creates a supervisor: Deployments as real processes, Services as TCP balancers and HPAs by the exact
 * rule, on this machine. Nothing happens before `start`.
 *
 * @throws BellowsError `ERR_CORE_ARGUMENT` for a sync period that is not above 0 and at most a day.
 */
export function createSupervisor(
  options: SupervisorOptions,
  listener: SupervisorListener = {},
): Supervisor {
  return new LocalSupervisor(options, listener, {
    createKubelet,
    createBalancer,
    createScraper,
    random: options.seed === undefined ? Math.random : createRandom(options.seed),
  });
}
