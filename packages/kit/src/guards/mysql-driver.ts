import type { PoolDriver } from './pool-driver.ts';

/** A connection of `mysql2/promise`, as far as the guard needs it. */
export interface MysqlConnection {
  /** Runs a statement. */
  query(sql: string): Promise<readonly [unknown, unknown]>;
  /** Gives it back. */
  release(): void;
  /** Closes it. */
  destroy(): void;
}

/** A pool of `mysql2/promise`, as far as the guard needs it. */
export interface MysqlPool<Connection extends MysqlConnection = MysqlConnection> {
  /** Takes a connection. */
  getConnection(): Promise<Connection>;
  /** The pool below the promises: its counts are in no documented place. */
  readonly pool: object;
  /** Tells of connections that are taken and given back. */
  on(event: 'acquire' | 'release', listener: (connection: object) => void): unknown;
}

interface CorePool {
  readonly config?: { readonly connectionLimit?: number; readonly queueLimit?: number };
  readonly _allConnections?: { readonly length: number };
  readonly _freeConnections?: { readonly length: number };
  readonly _connectionQueue?: { readonly length: number };
}

/** mysql2's own default. */
const DEFAULT_CONNECTION_LIMIT = 10;

/** Talks to a pool of `mysql2/promise`. */
export function createMysqlDriver<Connection extends MysqlConnection>(
  pool: MysqlPool<Connection>,
): PoolDriver<Connection> {
  const core = pool.pool as CorePool;
  return {
    state: () => {
      const idle = core._freeConnections?.length ?? 0;
      return {
        inUse: (core._allConnections?.length ?? 0) - idle,
        idle,
        waiting: core._connectionQueue?.length,
        max: core.config?.connectionLimit ?? DEFAULT_CONNECTION_LIMIT,
      };
    },
    findings: () => {
      const findings = [
        'mysql2 has no bound on the wait for a connection nor on a query: pool.query waits for ever; go through use()',
      ];
      if ((core.config?.queueLimit ?? 0) === 0) {
        findings.push('queueLimit is 0: any number may wait for a connection; set it');
      }
      return findings;
    },
    follow: ({ onTaken, onGivenBack }) => {
      pool.on('acquire', onTaken);
      pool.on('release', onGivenBack);
    },
    acquire: () => pool.getConnection(),
    release: (connection, isBroken) => {
      if (isBroken) connection.destroy();
      else connection.release();
    },
    askServerLimit: async (connection) => {
      const [rows] = await connection.query(
        'SELECT @@max_connections AS total, @@max_user_connections AS per_user',
      );
      const [row] = rows as readonly { readonly total: number; readonly per_user: number }[];
      const perUser = row?.per_user ?? 0;
      // 0 says that there is no bound for each user.
      return perUser > 0
        ? { connections: perUser, setting: 'max_user_connections' }
        : { connections: row?.total ?? Number.NaN, setting: 'max_connections' };
    },
  };
}
