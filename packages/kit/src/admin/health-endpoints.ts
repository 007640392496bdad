import { answerHealth, answerOneCheck, type HealthAnswer } from '@bellows/core';
import type { CheckBoard } from '../memory/check-board.ts';
import type { ControlBlock } from '../memory/control-block.ts';
import type { AdminConfig } from './admin-config.ts';
import { isStuckPastDeadline } from './deadline-watch.ts';
import {
  createHealthChecks,
  serviceChecks,
  type HealthEndpoint,
  type HealthState,
} from './health-checks.ts';
import { loopChecks } from './loop-checks.ts';
import type { LoopGroup } from './loop-state.ts';
import type { LoopTime } from './loop-time.ts';

/** What the probes are answered from. */
export interface HealthSources {
  readonly config: AdminConfig;
  readonly control: ControlBlock;
  readonly checks: CheckBoard;
}

/** The loops that the probes ask about. */
export interface HealthLoops {
  /** The main one. */
  readonly readLoop: () => LoopTime;
  readonly otherLoops: () => readonly LoopGroup[];
}

/** Answers `/livez`, `/readyz/NAME` and their like; undefined for a path that is none. */
export function createHealthEndpoints(
  { config, control, checks }: HealthSources,
  { readLoop, otherLoops }: HealthLoops,
): (path: string, query: URLSearchParams) => HealthAnswer | undefined {
  const ownChecks = createHealthChecks(config);
  const stateNow = (): HealthState => {
    const { phase, debuggerAttached, drainRequested } = control;
    const { heartbeatAgeMs } = readLoop();
    const isPastDeadline = isStuckPastDeadline(control, process.hrtime.bigint());
    return { phase, debuggerAttached, heartbeatAgeMs, drainRequested, isPastDeadline };
  };
  return (path, query) => {
    const [, endpoint = '', checkName, ...rest] = path.split('/');
    if (!Object.hasOwn(ownChecks, endpoint) || rest.length > 0) return undefined;
    const own = ownChecks[endpoint as HealthEndpoint];
    const ofService = endpoint === 'readyz' ? serviceChecks(checks) : [];
    const ofOthers = otherLoops().flatMap((group) => loopChecks(endpoint, config, group));
    const state = stateNow();
    const ofEndpoint = [...own, ...ofService, ...ofOthers].map(({ name, check }) => ({
      name,
      check: () => check(state),
    }));
    if (checkName === undefined) return answerHealth(endpoint, ofEndpoint, query);
    const check = ofEndpoint.find(({ name }) => name === checkName);
    return check && answerOneCheck(check);
  };
}
