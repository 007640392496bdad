import { BellowsError } from '@bellows/core';
import { createLoad, type Load } from '@bellows/load';
import type { SupervisorSnapshot } from '@bellows/supervisor';
import { serviceUrl } from '../text/service-url.ts';
import type { LoadView } from '../view/run-view.ts';
import type { OfferedLoad } from '../account/load-change.ts';
import type { PlannedLoad } from './run-plan.ts';

/** The load of a run, from waiting for the first ready pod to the last answer. */
export interface RunLoad {
  /** Starts the arrivals when a pod behind the Service is ready. */
  startWhenReady(snapshot: SupervisorSnapshot): void;
  /** Arrivals a second now; undefined before they began. */
  offeredPerSecond(): number | undefined;
  view(): LoadView;
  /** Undefined before the arrivals began. */
  offered(): OfferedLoad | undefined;
  /** Resolves when every request is accounted for. */
  readonly done: Load['done'];
  /** Ends the arrivals. */
  stop(): void;
}

/**
 * Creates the load of a run whose Services listen.
 *
 * @param seed - Same seed, same arrivals. Undefined: the load's default.
 */
export function createRunLoad(
  plan: PlannedLoad,
  services: SupervisorSnapshot['services'],
  seed: number | undefined,
): RunLoad {
  const { profile, durationSeconds } = plan;
  const target = urlOf(plan, services);
  const load = createLoad({
    target,
    profile,
    durationSeconds,
    ...(seed !== undefined && { seed }),
  });
  let startedAtMs: number | undefined;
  return {
    startWhenReady({ deployments }) {
      if (startedAtMs !== undefined) return;
      const isServed = deployments.some(
        ({ name, readyReplicas }) => plan.deployments.includes(name) && readyReplicas > 0,
      );
      if (!isServed) return;
      startedAtMs = Date.now();
      load.start();
    },
    offeredPerSecond: () => (startedAtMs === undefined ? undefined : load.offeredPerSecond()),
    view: () => ({
      target,
      startedAtMs,
      durationSeconds,
      offeredPerSecond: load.offeredPerSecond(),
      account: load.account(),
    }),
    offered: () =>
      startedAtMs === undefined
        ? undefined
        : { points: profile.points, startedAtMs, durationSeconds },
    done: load.done,
    stop: () => {
      load.stop();
    },
  };
}

function urlOf(plan: PlannedLoad, services: SupervisorSnapshot['services']): string {
  const port = services
    .find(({ name }) => name === plan.service)
    ?.ports.find((candidate) => candidate.port === plan.servicePort);
  if (port !== undefined) return serviceUrl(port);
  throw new BellowsError(
    'ERR_SUPERVISOR_OBJECTS',
    `Expected Service ${plan.service} to listen for port ${plan.servicePort}, and it does not`,
    { remedy: 'Give the Service a TCP port' },
  );
}
