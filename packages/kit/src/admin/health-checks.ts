import type { Phase } from '../phase.ts';
import type { CheckBoard } from '../memory/check-board.ts';
import type { AdminConfig } from './admin-config.ts';

/** What the checks look at. */
export interface HealthState {
  readonly phase: Phase;
  readonly heartbeatAgeMs: number;
  /** A debugger may hold the loop: its stillness then says nothing. */
  readonly debuggerAttached: boolean;
  /** Whether `/drain` was called. */
  readonly drainRequested: boolean;
  /** Whether the process should have ended and cannot, since its loop is stuck. */
  readonly isPastDeadline: boolean;
}

/** One named check. */
export interface HealthCheck {
  readonly name: string;
  /** @returns why it fails; undefined when it passes. */
  readonly check: (state: HealthState) => string | undefined;
}

/** The probes' endpoints. */
export type HealthEndpoint = 'livez' | 'readyz' | 'startupz' | 'healthz';

/**
 * The checks of each endpoint. Liveness asks whether the loop turns at all and stays green during the drain;
 * readiness asks whether it turns fast enough, has started and stays. Dependencies never decide liveness.
 */
export function createHealthChecks(
  config: AdminConfig,
): Readonly<Record<HealthEndpoint, readonly HealthCheck[]>> {
  const ping: HealthCheck = { name: 'ping', check: () => undefined };
  const started: HealthCheck = {
    name: 'started',
    check: ({ phase }) =>
      phase === 'starting'
        ? 'kit.ready() was not called yet, or something blocks the start'
        : undefined,
  };
  const shutdown: HealthCheck = {
    name: 'shutdown',
    check: ({ phase, drainRequested }) => {
      const isLeaving = phase === 'draining' || phase === 'closed' || drainRequested;
      return isLeaving && config.readinessWhileDraining === 'fail'
        ? 'process is shutting down'
        : undefined;
    },
  };
  const ending: HealthCheck = {
    name: 'ending',
    check: ({ isPastDeadline }) =>
      isPastDeadline ? 'the time for the drain is up and the event loop is stuck' : undefined,
  };
  const live = [ping, eventLoopCheck(config.livenessStallMs), ending];
  return {
    livez: live,
    healthz: live,
    startupz: [ping, started],
    readyz: [ping, eventLoopCheck(config.readinessStallMs), started, shutdown],
  };
}

/** The service's own checks, as their last results are now. */
export function serviceChecks(board: CheckBoard): HealthCheck[] {
  return board
    .read(process.hrtime.bigint())
    .map(({ name, reason }) => ({ name, check: () => reason }));
}

function eventLoopCheck(stallMs: number): HealthCheck {
  return {
    name: 'event-loop',
    check: ({ heartbeatAgeMs, debuggerAttached }) =>
      heartbeatAgeMs <= stallMs || debuggerAttached
        ? undefined
        : `the event loop has not turned for ${seconds(heartbeatAgeMs)} s, allowed are ${seconds(stallMs)} s`,
  };
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
