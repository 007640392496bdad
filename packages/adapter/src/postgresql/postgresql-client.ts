import { BellowsError } from '@bellows/core';
import pg from 'pg';
import type { PostgresqlMetricConfig } from '../config/source-config.ts';
import type { PolledClient } from '../polled/polled-source.ts';
import type { PolledResult } from '../polled/polled-value.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';
import { numberOfRows } from './number-of-rows.ts';
import { postgresqlProblem } from './postgresql-problem.ts';

/** The extended protocol takes one statement, which pg's types do not know. */
interface ExtendedQuery extends pg.QueryConfig {
  readonly queryMode: 'extended';
}

/** By how much the server's timeout comes before ours, in milliseconds. */
const GRACE_MS = 500;

/** Asks one server over one connection, which is made anew when it breaks or when the file's connection string has changed. */
export class PostgresqlClient implements PolledClient {
  readonly #file: RotatingFile;
  readonly #metrics: readonly PostgresqlMetricConfig[];
  readonly #timeoutMs: number;
  #client: pg.Client | undefined;
  #madeWith = '';

  /** @param timeoutMs - Each query must end within this time, in milliseconds. */
  constructor(file: string, metrics: readonly PostgresqlMetricConfig[], timeoutMs: number) {
    this.#file = new RotatingFile(file);
    this.#metrics = metrics;
    this.#timeoutMs = timeoutMs;
  }

  async ask(signal: AbortSignal): Promise<readonly PolledResult[]> {
    const giveUp = (): void => {
      void this.close();
    };
    signal.addEventListener('abort', giveUp);
    try {
      const client = await this.#connected();
      const results: PolledResult[] = [];
      // One after the other: they share the connection.
      for (const metric of this.#metrics) results.push(await this.#query(client, metric));
      return results;
    } catch (error) {
      await this.close();
      if (BellowsError.is(error)) throw error;
      throw new BellowsError('ERR_ADAPTER_SOURCE', `PostgreSQL: ${postgresqlProblem(error)}`, {
        remedy:
          'Look at the server, the connection string, and the network policy between the two.',
      });
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A connection that hangs is not waited for.
    (
      client as { connection?: { stream?: { destroy(): void } } } | undefined
    )?.connection?.stream?.destroy();
    await client?.end().catch(() => undefined);
  }

  async #connected(): Promise<pg.Client> {
    const connectionString = (await this.#file.read()).trim();
    if (this.#client !== undefined && connectionString === this.#madeWith) return this.#client;
    await this.close();
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: this.#timeoutMs,
      query_timeout: this.#timeoutMs + GRACE_MS,
      application_name: 'bellows-adapter',
      keepAlive: true,
    });
    // The server may end an idle connection; the next query makes another one.
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    this.#client = client;
    this.#madeWith = connectionString;
    await client.connect();
    return client;
  }

  /** Only what is wrong with the query itself is its own; a connection that is gone is everybody's. */
  async #query(
    client: pg.Client,
    { query, emptyValue }: PostgresqlMetricConfig,
  ): Promise<PolledResult> {
    await client.query('BEGIN TRANSACTION READ ONLY');
    try {
      await client.query("SELECT set_config('statement_timeout', $1, true)", [
        `${this.#timeoutMs}ms`,
      ]);
      // A cursor takes one statement that reads, and of a million rows no more than two are sent.
      const text = `DECLARE bellows NO SCROLL CURSOR FOR ${query.replace(/[\s;]+$/, '')}`;
      const declaration: ExtendedQuery = { text, values: [], queryMode: 'extended' };
      await client.query(declaration);
      const fetched = { text: 'FETCH 2 FROM bellows', rowMode: 'array' } as const;
      const { rows } = await client.query<unknown[]>(fetched);
      return numberOfRows(rows, emptyValue);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return { kind: 'problem', problem: `PostgreSQL: ${postgresqlProblem(error)}` };
    } finally {
      await client.query('ROLLBACK');
    }
  }
}
