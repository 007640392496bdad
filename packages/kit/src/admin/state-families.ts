import type { MetricFamily } from '@bellows/exposition';
import { PHASES, type Phase } from '../phase.ts';
import { family } from '../runtime-metrics/family.ts';
import type { LoopTime } from './loop-time.ts';
import { threadCpuSeconds } from './thread-cpu.ts';

/** What {@link stateFamilies} tells of. */
export interface ServiceState {
  readonly phase: Phase;
  readonly loop: LoopTime;
  readonly onWorker: boolean;
}

/** Metrics of what the admin server knows from the control block. */
export function stateFamilies({ phase, loop, onWorker }: ServiceState): MetricFamily[] {
  return [
    family(
      'nodejs_eventloop_active_seconds_total',
      'counter',
      'Time the main event loop has worked; the time of a turn that does not end counts as it passes.',
      loop.activeSeconds,
    ),
    family(
      'nodejs_eventloop_idle_seconds_total',
      'counter',
      'Time the main event loop has waited for events.',
      loop.idleSeconds,
    ),
    family(
      'bellows_heartbeat_age_seconds',
      'gauge',
      'Time since the main event loop last turned, in steps of its heartbeat.',
      loop.heartbeatAgeMs / 1000,
    ),
    family(
      'bellows_admin_worker',
      'gauge',
      'Whether a thread of its own serves probes and metrics: 1, or 0 for the main thread.',
      onWorker ? 1 : 0,
    ),
    // On the main thread it would be the service's own.
    ...(onWorker ? [adminCpu()] : []),
    family(
      'bellows_phase',
      'gauge',
      'Where the service is in its life: 1 for the phase it is in.',
      {
        label: 'phase',
        values: Object.fromEntries(PHASES.map((one) => [one, one === phase ? 1 : 0])),
      },
    ),
  ];
}

function adminCpu(): MetricFamily {
  return family(
    'bellows_admin_cpu_seconds_total',
    'counter',
    'CPU time that the thread of probes and metrics has used: its share of what the process takes.',
    threadCpuSeconds(),
  );
}
