import http from 'node:http';
import { Redis } from 'ioredis';
import { createPool } from 'mysql2/promise';
import pg from 'pg';
import { Pool as UndiciPool } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machineHas, waitUntil } from '@bellows/testkit';
import { createKit, type Kit } from '../../src/index.ts';
import { startMariadb, startPostgres, startRedis, type Database } from '../fixtures/databases.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

/** A kit that has started, and what it has said. */
async function startKit(
  maxReplicas = 1,
): Promise<{ kit: Kit; said: string[]; metrics: () => Promise<string> }> {
  const said: string[] = [];
  const kit = createKit({
    adminPort: 0,
    adminHost: '127.0.0.1',
    adminWorker: false,
    signals: [],
    maxReplicas,
    log: (line) => said.push(line),
  });
  await kit.start();
  const metrics = async (): Promise<string> =>
    (await fetchText(kit.adminAddress!.port, '/metrics')).body;
  return { kit, said, metrics };
}

describe.runIf(machineHas('postgresql'))('a guarded pool of pg', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startPostgres(20);
  }, 180_000);
  afterAll(() => database[Symbol.asyncDispose]());

  const poolOf = (options: pg.PoolConfig = {}): pg.Pool => {
    const pool = new pg.Pool({
      host: '127.0.0.1',
      port: database.port,
      user: 'postgres',
      ...options,
    });
    pool.on('error', () => undefined);
    return pool;
  };

  test('says what has no bound, and that the server takes fewer connections than all replicas open', async () => {
    const { kit, said, metrics } = await startKit(4);
    const pool = poolOf({ max: 5 });
    const guard = kit.guards.pg('main', pool);
    const findings = await guard.verify();
    expect(findings).toEqual([
      expect.stringContaining('connectionTimeoutMillis is 0'),
      expect.stringContaining('neither statement_timeout nor query_timeout'),
      expect.stringContaining('idle_in_transaction_session_timeout'),
      expect.stringMatching(/^4 replicas .* need 25; the server takes 17 /),
    ]);
    await waitUntil('the sentences in the log', () => said.length === 4);
    expect(said).toEqual(findings.map((finding) => `pool main: ${finding}`));
    expect(await metrics()).toContain('pool_warnings{pool="main"} 4');
    await pool.end();
    await kit.stop();
  });

  test('finds nothing in a pool with bounds that fits', async () => {
    const { kit, said } = await startKit(2);
    const pool = poolOf({
      max: 5,
      connectionTimeoutMillis: 1000,
      statement_timeout: 1000,
      idle_in_transaction_session_timeout: 1000,
    });
    expect(await kit.guards.pg('main', pool).verify()).toEqual([]);
    expect(said).toEqual([]);
    await pool.end();
    await kit.stop();
  });

  test('lends a connection, shows it while it is used, and refuses beyond its bounds', async () => {
    const { kit, metrics } = await startKit();
    const pool = poolOf({ max: 1 });
    const guard = kit.guards.pg('main', pool, { maxLength: 1 });
    await guard.verify();
    let finish: (() => void) | undefined;
    const held = guard.use(async (client) => {
      const { rows } = await client.query<{ one: number }>('SELECT 1 AS one');
      await new Promise<void>((resolve) => (finish = resolve));
      return rows[0]?.one;
    });
    await waitUntil('the first use', () => finish !== undefined);
    const waits = guard.use((client) => client.query('SELECT 2'));
    await expect(guard.use((client) => client.query('SELECT 3'))).rejects.toMatchObject({
      code: 'ERR_KIT_QUEUE_FULL',
    });
    const page = await metrics();
    expect(page).toContain('pool_connections{pool="main",state="in_use"} 1');
    expect(page).toContain('pool_connections_max{pool="main"} 1');
    expect(page).toContain('queue_length{queue="main"} 1');
    const [, age] = /pool_oldest_in_use_age_seconds\{pool="main"\} (\S+)/.exec(page)!;
    expect(Number(age)).toBeGreaterThan(0);
    finish!();
    expect(await held).toBe(1);
    await waits;
    await pool.end();
    await kit.stop();
  });

  test('closes the connection of a use whose time is over, and rejects at once', async () => {
    const { kit } = await startKit();
    const pool = poolOf({ max: 1 });
    const guard = kit.guards.pg('main', pool);
    await guard.verify();
    const slow = guard.use((client) => client.query('SELECT pg_sleep(60)'), {
      timeoutSeconds: 0.2,
    });
    await expect(slow).rejects.toMatchObject({ code: 'ERR_KIT_DEADLINE' });
    const { rows } = await guard.use((client) => client.query<{ two: number }>('SELECT 2 AS two'));
    expect(rows).toEqual([{ two: 2 }]);
    await pool.end();
    await kit.stop();
  });

  test('ends a use with the deadline that the caller of its request has said, and shows who waits', async () => {
    const pool = poolOf({ max: 1 });
    const codes: unknown[] = [];
    await using served = await serve((kit) => {
      const guard = kit.guards.pg('main', pool, { maxWaitSeconds: Infinity });
      return (request, response) => {
        const used = guard.use((client) => client.query('SELECT pg_sleep(600)'), {
          request,
          timeoutSeconds: 600,
        });
        used.catch((error: unknown) => {
          codes.push((error as { code?: string }).code);
          response.writeHead(504).end();
        });
      };
    });
    const gone = new AbortController();
    const held = [1, 2].map(() => fetchText(served.port, '/', { signal: gone.signal }));
    await waitUntil('the second one to wait', async () =>
      (await served.metrics()).includes('queue_length{queue="main"} 1\n'),
    );
    expect(await served.metrics()).toMatch(
      /queue_oldest_item_age_seconds\{queue="main"\} \d*\.?\d*[1-9]/,
    );
    gone.abort();
    await Promise.allSettled(held);
    await waitUntil('both uses to end with their requests', () => codes.length === 2);
    const headers = { 'x-envoy-expected-rq-timeout-ms': '300' };
    expect((await fetchText(served.port, '/', { headers })).status).toBe(504);
    expect(codes.at(-1)).toBe('ERR_KIT_DEADLINE');
    await pool.end();
  });

  test('says that an idle connection has failed, and ends no process', async () => {
    const { kit, said } = await startKit();
    const options = { host: '127.0.0.1', port: database.port, user: 'postgres' };
    const pool = new pg.Pool(options);
    const guard = kit.guards.pg('main', pool);
    await guard.verify();
    const other = new pg.Pool(options);
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
    );
    await waitUntil('it to be said', () =>
      said.some((line) =>
        line.startsWith('connection of pool main failed: terminating connection'),
      ),
    );
    await other.end();
    await pool.end();
    await kit.stop();
  });

  test('says that a server cannot be asked, and ends nothing', async () => {
    const { kit } = await startKit();
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1, user: 'postgres' });
    const findings = await kit.guards.pg('gone', pool).verify();
    expect(findings.at(-1)).toMatch(/^the server could not be asked .*ECONNREFUSED/);
    await pool.end();
    await kit.stop();
  });
});

test.runIf(machineHas('mariadb'))(
  'a guarded pool of mysql2 knows its server, and closes what is cut',
  async () => {
    await using database = await startMariadb();
    const { kit, metrics } = await startKit(100);
    const pool = createPool({
      host: '127.0.0.1',
      port: database.port,
      user: 'root',
      connectionLimit: 2,
    });
    const guard = kit.guards.mysql('orders', pool);
    expect(await guard.verify()).toEqual([
      expect.stringContaining('mysql2 has no bound'),
      expect.stringContaining('queueLimit is 0'),
      expect.stringMatching(/^100 replicas .* need 250; the server takes 151 \(max_connections\)/),
    ]);
    const slow = guard.use((connection) => connection.query('SELECT SLEEP(60)'), {
      timeoutSeconds: 0.2,
    });
    await expect(slow).rejects.toMatchObject({ code: 'ERR_KIT_DEADLINE' });
    const [rows] = await guard.use((connection) => connection.query('SELECT 2 AS two'));
    expect(rows).toEqual([{ two: 2 }]);
    expect(await metrics()).toContain('pool_connections{pool="orders",state="idle"} 1');
    await pool.end();
    await kit.stop();
  },
  60_000,
);

test.runIf(machineHas('redis'))(
  'a guarded client of ioredis is used in bounds',
  async () => {
    await using database = await startRedis();
    const { kit } = await startKit();
    const client = new Redis({ port: database.port, host: '127.0.0.1' });
    const guard = kit.guards.redis('cache', client, { concurrency: 1, maxLength: 0 });
    expect(await guard.verify()).toEqual([
      expect.stringContaining('commandTimeout is not set'),
      expect.stringContaining('enableOfflineQueue is on'),
    ]);
    await guard.use((redis) => redis.set('a', '1'));
    expect(await guard.use((redis) => redis.get('a'))).toBe('1');
    // A blocking command holds the one place until its time is over.
    const blocked = guard.use((redis) => redis.blpop('nothing', 60), { timeoutSeconds: 0.2 });
    await expect(guard.use((redis) => redis.get('a'))).rejects.toMatchObject({
      code: 'ERR_KIT_QUEUE_FULL',
    });
    await expect(blocked).rejects.toMatchObject({ code: 'ERR_KIT_DEADLINE' });
    client.disconnect();
    await kit.stop();
  },
  60_000,
);

test('an agent and a dispatcher show their sockets, and what has no bound', async () => {
  const { kit, said, metrics } = await startKit();
  const agent = new http.Agent({ keepAlive: true });
  const bounded = new http.Agent({ keepAlive: true, maxSockets: 10, timeout: 1000 });
  const dispatcher = new UndiciPool('http://127.0.0.1:1', { connections: 4 });
  expect(await kit.guards.agent('open', agent).verify()).toHaveLength(2);
  expect(await kit.guards.agent('bounded', bounded).verify()).toEqual([]);
  expect(await kit.guards.undici('upstream', dispatcher).verify()).toEqual([]);
  expect(said).toEqual([
    expect.stringContaining('pool open: maxSockets and maxTotalSockets are Infinity'),
    expect.stringContaining('pool open: timeout is not set'),
  ]);
  const page = await metrics();
  expect(page).toContain('pool_connections_max{pool="bounded"} 10');
  expect(page).not.toContain('pool_connections_max{pool="open"}');
  expect(page).toContain('pool_waiting{pool="upstream"} 0');
  await dispatcher.destroy();
  await kit.stop();
});

test('a name is taken once, by queues, limits and pools together', async () => {
  const { kit } = await startKit();
  kit.limit({ name: 'upstream' });
  expect(() => kit.guards.fetch('upstream')).toThrow(
    /Expected `name` .* to be free, got `upstream`/,
  );
  expect(() => kit.guards.fetch('')).toThrow(/Expected `name` of a guard to be a text of 1 to 200/);
  await kit.stop();
});
