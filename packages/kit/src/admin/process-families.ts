import type { MetricFamily, MetricType, Sample } from '@bellows/exposition';
import { PHASES, type Phase } from '../phase.ts';
import type { LoopTime } from './loop-time.ts';

/** What {@link processFamilies} tells of. */
export interface ProcessState {
  readonly phase: Phase;
  readonly loop: LoopTime;
  /** When the process began, in seconds since the epoch. */
  readonly startTimeSeconds: number;
  readonly onWorker: boolean;
}

/** Metrics of the process as a whole, read where they are asked for, never on the main loop. */
export function processFamilies(state: ProcessState): MetricFamily[] {
  const { user, system } = process.cpuUsage();
  const { loop } = state;
  return [
    single('nodejs_eventloop_active_seconds_total', 'counter', loop.activeSeconds, {
      help: 'Time the main event loop has worked; the time of a turn that does not end counts as it passes.',
    }),
    single('nodejs_eventloop_idle_seconds_total', 'counter', loop.idleSeconds, {
      help: 'Time the main event loop has waited for events.',
    }),
    single('process_cpu_seconds_total', 'counter', (user + system) / 1e6, {
      help: 'User and system CPU time of all threads.',
    }),
    single('process_resident_memory_bytes', 'gauge', process.memoryUsage.rss(), {
      help: 'Resident memory.',
    }),
    single('process_start_time_seconds', 'gauge', state.startTimeSeconds, {
      help: 'When the process began, in seconds since the epoch.',
    }),
    single('bellows_heartbeat_age_seconds', 'gauge', loop.heartbeatAgeMs / 1000, {
      help: 'Time since the main event loop last turned, in steps of its heartbeat.',
    }),
    single('bellows_admin_worker', 'gauge', state.onWorker ? 1 : 0, {
      help: 'Whether a thread of its own serves probes and metrics: 1, or 0 for the main thread.',
    }),
    {
      name: 'bellows_phase',
      type: 'gauge',
      help: 'Where the service is in its life: 1 for the phase it is in.',
      samples: PHASES.map((phase): Sample => {
        const value = phase === state.phase ? 1 : 0;
        return { name: 'bellows_phase', labels: { phase }, value };
      }),
    },
  ];
}

function single(
  name: string,
  type: MetricType,
  value: number,
  { help }: { readonly help: string },
): MetricFamily {
  return { name, type, help, samples: [{ name, labels: {}, value }] };
}
