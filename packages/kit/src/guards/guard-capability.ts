import { whenEnded } from '../http/request-end.ts';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { normalizeLimitOptions } from '../limit/limit-options.ts';
import { Places } from '../limit/places.ts';
import { WorkLimit } from '../limit/work-limit.ts';
import type { ClientGuardOptions, Guard } from './guard.ts';
import { normalizeGuardOptions, type NormalizedGuard } from './guard-options.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import type { Guards } from './guards.ts';
import { watchAgent, watchUndici } from './http-watched.ts';
import { createUse } from './lend.ts';
import { createMysqlDriver } from './mysql-driver.ts';
import { createPgDriver } from './pg-driver.ts';
import type { PoolDriver } from './pool-driver.ts';
import { PoolWatcher } from './pool-watcher.ts';
import { createRedisDriver } from './redis-driver.ts';
import { compareWithServer } from './verify-pool.ts';

/** Bounds for what the service waits for. */
export function createGuards(
  context: KitContext,
  http: Pick<Kit, 'shed' | 'abortSignal' | 'timeLeftSeconds'>,
): Pick<Kit, 'guards'> {
  const watcher = new PoolWatcher(context);

  // Not drained by itself: it is used by requests and tasks, which are, and by closers, which come later.
  const limitOf = (options: NormalizedGuard): WorkLimit => {
    const limits = normalizeLimitOptions(options);
    const places = new Places(limits, context.queueMetrics.forQueue(options.name));
    const parts = { ...http, whenEnded, failures: context.failures };
    return new WorkLimit(places, parts, () => undefined);
  };

  const lend = <Connection>(
    driver: PoolDriver<Connection>,
    options: NormalizedGuard,
  ): Guard<Connection> => {
    const limit = limitOf(options);
    const use = createUse({ driver, limit, abortSignal: http.abortSignal });
    const { name, verify } = watcher.watch(options.name, driver, () =>
      compareWithServer(driver, use, context.options.maxReplicas),
    );
    return { name, use, verify };
  };

  const guards: Guards = {
    pg: (name, pool, options = {}) => {
      const driver = createPgDriver(pool);
      return lend(driver, normalizeGuardOptions(name, options, driver.state().max));
    },
    mysql: (name, pool, options = {}) => {
      const driver = createMysqlDriver(pool);
      return lend(driver, normalizeGuardOptions(name, options, driver.state().max));
    },
    redis: (name, client, options = {}) =>
      lend(createRedisDriver(client), normalizeGuardOptions(name, options)),
    agent: (name, agent) => watcher.watch(name, watchAgent(agent)),
    undici: (name, dispatcher) => watcher.watch(name, watchUndici(dispatcher)),
    fetch: (name, options: ClientGuardOptions = {}) => {
      const normalized = normalizeGuardOptions(name, options);
      const { timeoutSeconds } = normalized;
      return createGuardedFetch({ ...http, limit: limitOf(normalized), timeoutSeconds });
    },
  };
  return { guards };
}
