import type { PostgresqlSourceConfig } from '../config/source-config.ts';
import {
  createPolledSource,
  POLLING_DEFAULTS,
  type PolledSource,
  type PolledSourceOptions,
} from '../polled/polled-source.ts';
import { PostgresqlClient } from './postgresql-client.ts';

/** Options of {@link createPostgresqlSource}. */
export interface PostgresqlSourceOptions extends Pick<PolledSourceOptions, 'name' | 'log' | 'now'> {
  /** The server and what it is asked. */
  readonly config: PostgresqlSourceConfig;
}

/**
 * Makes a source of external metrics from queries to one PostgreSQL server: over one connection, each query in a transaction that
 * only reads and that the server ends when it takes too long.
 */
export function createPostgresqlSource({
  config,
  ...options
}: PostgresqlSourceOptions): PolledSource {
  const { metrics, timeoutMs = POLLING_DEFAULTS.timeoutMs } = config;
  const client = new PostgresqlClient(config.connectionStringFile, metrics, timeoutMs);
  // Queries come one after the other, and one that takes its whole time must not end those after it.
  const polling = { ...config, timeoutMs: 2 * timeoutMs * (metrics.length + 1) };
  return createPolledSource({ ...options, metrics, polling, client });
}
