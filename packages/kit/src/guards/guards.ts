import type { ClientGuardOptions, Guard, GuardOptions, Watch } from './guard.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import type { HttpAgent, UndiciDispatcher } from './http-watched.ts';
import type { MysqlConnection, MysqlPool } from './mysql-driver.ts';
import type { PgClient, PgPool } from './pg-driver.ts';
import type { RedisClient } from './redis-driver.ts';

/**
 * Bounds for what the service waits for. Each name is unique in the kit. What has no bound is said when it is guarded,
 * and counted in `pool_warnings`. Nothing is closed: that is for `kit.onClose`.
 * @throws BellowsError, from each, `ERR_KIT_OPTION` for a bad option or a name that is taken.
 */
export interface Guards {
  /** Guards a pool of `pg`. */
  pg<Client extends PgClient>(
    name: string,
    pool: PgPool<Client>,
    options?: GuardOptions,
  ): Guard<Client>;
  /** Guards a pool of `mysql2/promise`. */
  mysql<Connection extends MysqlConnection>(
    name: string,
    pool: MysqlPool<Connection>,
    options?: GuardOptions,
  ): Guard<Connection>;
  /** Guards a client of `ioredis`. */
  redis<Client extends RedisClient>(
    name: string,
    client: Client,
    options?: ClientGuardOptions,
  ): Guard<Client>;
  /** Watches an agent of `node:http` or `node:https`. */
  agent(name: string, agent: HttpAgent): Watch;
  /** Watches a client or pool of undici. */
  undici(name: string, dispatcher: UndiciDispatcher): Watch;
  /** Makes a `fetch` for one upstream service, with a bound on calls at once and a total deadline. */
  fetch(name: string, options?: ClientGuardOptions): GuardedFetch;
}
