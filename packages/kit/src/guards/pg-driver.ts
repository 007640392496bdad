import type { PoolDriver } from './pool-driver.ts';

/** What a query of `pg` gives. */
export interface PgRows {
  /** One object for each row. */
  readonly rows: readonly object[];
}

/** A client of `pg`, as far as the guard needs it. */
export interface PgClient {
  /** Runs a query. */
  query(text: string): Promise<PgRows>;
  /** Gives it back. @param destroy - Closes it instead. */
  release(destroy?: boolean): void;
}

/** `pg.Pool`, as far as the guard needs it. */
export interface PgPool<Client extends PgClient = PgClient> {
  /** Takes a client. */
  connect(): Promise<Client>;
  /** Open connections. */
  readonly totalCount: number;
  /** Open connections that are not lent. */
  readonly idleCount: number;
  /** Who waits for one. */
  readonly waitingCount: number;
  /** What it was made with. */
  readonly options: {
    /** Most connections; pg's default is 10. */
    readonly max?: number | undefined;
    /** Longest wait for a connection; 0 is for ever. */
    readonly connectionTimeoutMillis?: number | undefined;
    /** Longest statement, ended by the server, in milliseconds. */
    readonly statement_timeout?: number | false | undefined;
    /** Longest query, given up by the client, in milliseconds. */
    readonly query_timeout?: number | undefined;
    /** Longest pause within a transaction, ended by the server, in milliseconds. */
    readonly idle_in_transaction_session_timeout?: number | undefined;
  };
  /** Tells of clients that are given back. */
  on(event: 'release', listener: (error: Error, client: Client) => void): unknown;
  /** Tells of an idle client that has failed. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Tells of clients that are taken, and that are gone. */
  on(event: 'acquire' | 'remove', listener: (client: Client) => void): unknown;
}

/** pg's own default. */
const DEFAULT_MAX = 10;

const ASK_LIMIT = `SELECT name, setting FROM pg_settings WHERE name IN
  ('max_connections', 'superuser_reserved_connections', 'reserved_connections')`;

/** Talks to a pool of `pg`. */
export function createPgDriver<Client extends PgClient>(pool: PgPool<Client>): PoolDriver<Client> {
  return {
    state: () => ({
      inUse: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      max: pool.options.max ?? DEFAULT_MAX,
    }),
    findings: () => pgFindings(pool.options),
    follow: ({ onTaken, onGivenBack, onError }) => {
      pool.on('error', onError);
      pool.on('acquire', onTaken);
      pool.on('release', (_error, client) => {
        onGivenBack(client);
      });
      pool.on('remove', onGivenBack);
    },
    acquire: () => pool.connect(),
    release: (client, isBroken) => {
      client.release(isBroken);
    },
    askServerLimit: async (client) => {
      const { rows } = await client.query(ASK_LIMIT);
      const settings = rows as readonly { readonly name: string; readonly setting: string }[];
      const valueOf = (name: string): number =>
        Number(settings.find((row) => row.name === name)?.setting ?? 0);
      const reserved = valueOf('superuser_reserved_connections') + valueOf('reserved_connections');
      return {
        connections: valueOf('max_connections') - reserved,
        setting: 'max_connections without the reserved ones',
      };
    },
  };
}

function pgFindings(options: PgPool['options']): string[] {
  const findings: string[] = [];
  if (!isBound(options.connectionTimeoutMillis)) {
    findings.push(
      'connectionTimeoutMillis is 0: who asks for a connection waits for ever; set it, such as to 5000',
    );
  }
  if (!isBound(options.statement_timeout) && !isBound(options.query_timeout)) {
    findings.push(
      'neither statement_timeout nor query_timeout is set: a query may take for ever; set statement_timeout below the deadline of requests',
    );
  }
  if (!isBound(options.idle_in_transaction_session_timeout)) {
    findings.push(
      'idle_in_transaction_session_timeout is not set: a forgotten transaction keeps its locks for ever; set it',
    );
  }
  return findings;
}

function isBound(timeoutMs: number | false | undefined): boolean {
  return typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs !== Infinity;
}
