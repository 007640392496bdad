import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../wait-until.ts';
import { asUser, startDatabase, type Database } from './database.ts';

const ROOT = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 60_000;

/** PostgreSQL, user `postgres`, no password. @param maxConnections - 3 of them are reserved. */
export async function startPostgres(maxConnections: number): Promise<Database> {
  const [version = ''] = readdirSync(ROOT);
  const bin = (name: string): string => join(ROOT, version, 'bin', name);
  return startDatabase(async (data, port) => {
    // It refuses to run as root.
    const user = asUser('postgres', data);
    const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--no-locale'];
    execFileSync(bin('initdb'), initial, { ...user, stdio: 'ignore' });
    const settings = [
      `max_connections=${maxConnections}`,
      'fsync=off',
      'listen_addresses=127.0.0.1',
    ];
    const args = ['-D', data, '-p', String(port), '-k', data];
    const child = spawn(bin('postgres'), [...args, ...settings.flatMap((one) => ['-c', one])], {
      ...user,
      stdio: 'ignore',
    });
    const isReady = (): boolean =>
      spawnSync(bin('pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0;
    await waitUntil('PostgreSQL', isReady, { timeoutMs: START_TIMEOUT_MS, intervalMs: 50 });
    return child;
  }, 'SIGINT');
}
