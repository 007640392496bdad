import type { FailureLog } from '../failure-log.ts';
import { monotonicSeconds, type AgeSeries } from '../instruments/age-gauge.ts';
import type { MetricRegistry } from '../instruments/metric-registry.ts';
import type { Watched } from './pool-driver.ts';

/** What one pool tells of itself. */
export interface PoolMetrics {
  /** Reads the pool's counts. */
  sample(): void;
  showWarnings(count: number): void;
}

/** Creates the metrics of pools. A pool's series are there from the moment it is guarded. */
export function createPoolMetrics(
  registry: MetricRegistry,
  failures: FailureLog,
): (name: string, pool: Watched) => PoolMetrics {
  const connections = registry.gauge({
    name: 'pool_connections',
    help: 'Open connections of a pool, in use and idle.',
    labelNames: ['pool', 'state'],
  });
  const max = registry.gauge({
    name: 'pool_connections_max',
    help: 'Most connections a pool opens; not there when it has no bound.',
    labelNames: ['pool'],
  });
  const waiting = registry.gauge({
    name: 'pool_waiting',
    help: 'Who waits for a connection within the pool itself; those before the guard are in queue_length.',
    labelNames: ['pool'],
  });
  const oldest = registry.age({
    name: 'pool_oldest_in_use_age_seconds',
    help: 'How long the connection that was taken first has been in use; 0 when none is.',
    labelNames: ['pool'],
  });
  const warnings = registry.gauge({
    name: 'pool_warnings',
    help: 'Settings without a bound, and sizes above what the server takes.',
    labelNames: ['pool'],
  });

  return (name, pool) => {
    const sample = (): void => {
      const state = pool.state();
      connections.set({ pool: name, state: 'in_use' }, state.inUse);
      connections.set({ pool: name, state: 'idle' }, state.idle);
      if (state.max !== Infinity) max.set({ pool: name }, state.max);
      if (state.waiting !== undefined) waiting.set({ pool: name }, state.waiting);
    };
    warnings.set({ pool: name }, 0);
    follow(pool, oldest.labels({ pool: name }), {
      onChange: sample,
      onError: (error) => {
        failures.say(`connection of pool ${name}`, error);
      },
    });
    return {
      sample,
      showWarnings: (count) => {
        warnings.set({ pool: name }, count);
      },
    };
  };
}

interface FollowParts {
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** Shows how long the connection that was taken first has been in use, and tells of what happens in the pool. */
function follow(pool: Watched, age: AgeSeries, { onChange, onError }: FollowParts): void {
  /** Since when each connection is in use, the oldest first. */
  const taken = new Map<object, number>();
  const show = (): void => {
    const [since] = taken.values();
    age.set(since);
    onChange();
  };
  age.set(undefined);
  pool.follow?.({
    onError,
    onTaken: (connection) => {
      taken.set(connection, monotonicSeconds());
      show();
    },
    onGivenBack: (connection) => {
      taken.delete(connection);
      show();
    },
  });
}
