import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcess, type WorkerProcess } from '../worker-process.ts';
import { freePort } from '@bellows/testkit';

/** Debian puts it where a user's PATH may not look. */
const COMMAND = ['/usr/sbin/haproxy', 'haproxy'].find(
  (command) => spawnSync(command, ['-v'], { stdio: 'ignore' }).status === 0,
);

/** Version line of the installed HAProxy; undefined when there is none. */
export function haproxyVersion(): string | undefined {
  if (COMMAND === undefined) return undefined;
  return spawnSync(COMMAND, ['-v'], { encoding: 'utf8' }).stdout.split(' ')[2];
}

/** Starts HAProxy in TCP mode with one thread in front of one endpoint. */
export async function startHaproxy(endpointPort: number): Promise<WorkerProcess> {
  if (COMMAND === undefined) throw new Error('haproxy is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'bellows-bench-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, configuration(port, endpointPort));
  const child = spawn(COMMAND, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await connectable(port, () => said);
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      await stopProcess(child);
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(port: number, endpointPort: number): string {
  return `global
  nbthread 1
  maxconn 2000
defaults
  mode tcp
  balance random
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen service
  bind 127.0.0.1:${port}
  server backend 127.0.0.1:${endpointPort}
`;
}

/** Waits until a connection succeeds, for at most 5 s. */
async function connectable(port: number, said: () => string): Promise<void> {
  const deadlineMs = Date.now() + 5000;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (cause) {
      if (Date.now() > deadlineMs) throw new Error(`haproxy does not listen: ${said()}`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      socket.destroy();
    }
  }
}
