import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLabelSelector } from '@bellows/core';
import {
  machineHas,
  startPostgres,
  temporaryDirectory,
  waitUntil,
  type Database,
  type TemporaryDirectory,
} from '@bellows/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresqlMetricConfig } from '../../src/config/source-config.ts';
import type { PolledSource } from '../../src/polled/polled-source.ts';
import { createPostgresqlSource } from '../../src/postgresql/postgresql-source.ts';

const PATIENT = { timeoutMs: 40_000 };
const METRIC: PostgresqlMetricConfig = { name: 'jobs', namespaces: [], labels: {}, query: '' };

describe.runIf(machineHas('postgresql'))('a PostgreSQL source', () => {
  let folder: TemporaryDirectory;
  let server: Database;
  let client: pg.Client;
  let file: string;
  const urlOf = (user: string): string =>
    `postgres://${user}:secret-word@127.0.0.1:${server.port}/postgres`;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    server = await startPostgres(20);
    client = new pg.Client({ connectionString: urlOf('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(
      'CREATE TABLE jobs (id int PRIMARY KEY); INSERT INTO jobs SELECT generate_series(1, 7)',
    );
    await client.query(
      'CREATE ROLE reader LOGIN; CREATE ROLE stranger LOGIN; GRANT SELECT ON jobs TO reader',
    );
    file = join(folder.path, 'url');
    await writeFile(file, `${urlOf('reader')}\n`);
  }, 120_000);

  afterAll(async () => {
    await client.end();
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  function sourceOf(
    queries: readonly (string | Partial<PostgresqlMetricConfig>)[],
    change: object = {},
  ): PolledSource {
    const metrics = queries.map((query, index) => ({
      ...{ ...METRIC, name: `jobs${index}` },
      ...(typeof query === 'string' ? { query } : query),
    }));
    const config = {
      connectionStringFile: file,
      intervalMs: 100,
      timeoutMs: 5_000,
      metrics,
      ...change,
    };
    return createPostgresqlSource({ name: 'db', config });
  }

  async function connections(): Promise<number> {
    const text =
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'bellows-adapter'";
    const { rows } = await client.query<{ n: number }>(text);
    return rows[0]?.n ?? -1;
  }

  test('each query’s number is its metric’s value, and what is no number is missing with its reason', async () => {
    const rows: readonly (readonly [
      query: string | Partial<PostgresqlMetricConfig>,
      expected: string,
    ])[] = [
      ['SELECT count(*) FROM jobs', '7'],
      ['SELECT 1.25::numeric;  ', '1250m'],
      ['SELECT 0', '0'],
      ['SELECT -2', '-2'],
      ['WITH old AS (SELECT id FROM jobs) SELECT max(id) FROM old -- the last', '7'],
      [
        'SELECT id FROM jobs WHERE id > 10',
        'the query gave no row; emptyValue can say what that means',
      ],
      [{ query: 'SELECT id FROM jobs WHERE id > 10', emptyValue: 3 }, '3'],
      ['SELECT generate_series(1, 100000000)', 'the query gave several rows, expected one'],
      ['SELECT 1, 2', 'the query gave 2 columns, expected one'],
      ['SELECT NULL::int', 'the query gave NULL, expected a number'],
      ["SELECT 'NaN'::numeric", 'the query gave NaN, expected a number'],
      ["SELECT 'NaN'::float8", 'the value is NaN'],
      ["SELECT 'abc'", 'the query gave something else than a number'],
      ['SELECT true', 'the query gave something else than a number'],
      ['SELECT 1e300', 'value 1e+300 is too large'],
      ['SELECT 1; SELECT 2', 'PostgreSQL: the query has a syntax error (42601)'],
      ['DELETE FROM jobs', 'PostgreSQL: the query has a syntax error (42601)'],
      ["SELECT nextval('numbers')", 'PostgreSQL: the user may not read this (42501)'],
      ['SELECT add_job()', 'PostgreSQL: the query writes, and only reading is allowed (25006)'],
      [
        'SELECT count(*) FROM nothing',
        'PostgreSQL: the query names a table that does not exist (42P01)',
      ],
      ['SELECT count(*) FROM pg_authid', 'PostgreSQL: the user may not read this (42501)'],
    ];
    await client.query(`CREATE SEQUENCE numbers; CREATE FUNCTION add_job() RETURNS int SECURITY DEFINER
      LANGUAGE sql AS 'INSERT INTO jobs VALUES (99) RETURNING id'`);
    const source = sourceOf(rows.map(([query]) => query));
    try {
      await expectValues(
        source,
        rows.map(([, expected]) => expected),
      );
      // Many queries, one connection.
      expect(await connections()).toBe(1);
      await client.query('INSERT INTO jobs VALUES (8)');
      await waitUntil('news', async () => (await valuesOf(source))[0] === '8', PATIENT);
      await client.query('DELETE FROM jobs WHERE id = 8');
    } finally {
      await source.stop();
    }
    await waitUntil('no connection', async () => (await connections()) === 0, PATIENT);
  }, 90_000);

  test('a query that takes too long is ended by the server, and harms no other', async () => {
    const source = sourceOf(['SELECT count(*) FROM jobs, pg_sleep(600)', 'SELECT 5'], {
      timeoutMs: 300,
    });
    try {
      await expectValues(source, ['PostgreSQL: the query took too long (57014)', '5']);
    } finally {
      await source.stop();
    }
  }, 90_000);

  test('a connection that is ended is made again, and meanwhile the last value is held', async () => {
    const source = sourceOf(['SELECT count(*) FROM jobs'], { staleAfterMs: 3_600_000 });
    try {
      await expectValues(source, ['7']);
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bellows-adapter'",
      );
      expect(await valuesOf(source)).toEqual(['7']);
      await waitUntil('another one', async () => (await connections()) === 1, PATIENT);
      await waitUntil('no problem', () => source.state()[0]?.problem === undefined, PATIENT);
    } finally {
      await source.stop();
    }
  }, 90_000);

  test('a server that cannot be had is said without address and secret; a new connection string is taken', async () => {
    const own = join(folder.path, 'own');
    await writeFile(own, urlOf('reader'));
    const away = join(folder.path, 'away');
    await writeFile(away, 'postgres://reader:secret-word@127.0.0.1:1/postgres');
    const source = sourceOf(['SELECT count(*) FROM jobs'], { connectionStringFile: own });
    const refused = sourceOf(['SELECT 1'], { connectionStringFile: away });
    try {
      await expectValues(source, ['7']);
      await expectValues(refused, ['PostgreSQL: it cannot be reached (ECONNREFUSED)']);
      await writeFile(own, urlOf('stranger'));
      await waitUntil('the stranger', () => source.state()[0]?.problem?.includes('42501'), PATIENT);
    } finally {
      await source.stop();
      await refused.stop();
    }
    const absent = sourceOf(['SELECT 1'], { connectionStringFile: join(folder.path, 'absent') });
    try {
      await waitUntil(
        'a try',
        async () => {
          absent.start();
          return (await valuesOf(absent))[0]?.startsWith('Cannot read');
        },
        PATIENT,
      );
    } finally {
      await absent.stop();
    }
  }, 120_000);

  test('a server that hangs is given up, and asked again when it is back', async () => {
    const source = sourceOf(['SELECT count(*) FROM jobs'], { timeoutMs: 300, staleAfterMs: 500 });
    try {
      await expectValues(source, ['7']);
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'bellows-adapter'",
      );
      server.pause();
      for (const { pid } of rows) stop(pid);
      await waitUntil(
        'no value',
        async () => !/^\d/.test((await valuesOf(source))[0] ?? ''),
        PATIENT,
      );
      server.resume();
      for (const { pid } of rows) resume(pid);
      await expectValues(source, ['7']);
    } finally {
      server.resume();
      await source.stop();
    }
  }, 120_000);
});

/** The process of a connection may have ended by itself. */
function stop(pid: number): void {
  process.kill(pid, 'SIGSTOP');
}

function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It is gone.
  }
}

async function valuesOf(source: PolledSource): Promise<string[]> {
  const request = { namespace: 'shop', selector: parseLabelSelector('') };
  const values: string[] = [];
  for (const metric of source.external.list()) {
    const readings = await source.external.read(
      { ...request, metric },
      new AbortController().signal,
    );
    for (const { value } of readings ?? []) {
      values.push(value.kind === 'value' ? value.value.toString() : value.reason);
    }
  }
  return values;
}

/** Waits until they are these; then a difference shows. */
async function expectValues(source: PolledSource, expected: readonly string[]): Promise<void> {
  source.start();
  const isSo = async (): Promise<boolean> => (await valuesOf(source)).join() === expected.join();
  await waitUntil('the values', isSo, PATIENT).catch(async () => {
    expect(await valuesOf(source)).toEqual(expected);
  });
}
