import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request, type Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildGoProgram, freePort } from '@bellows/e2e';
import { stopProcess } from '../worker-process.ts';

const root = new URL('../../../', import.meta.url);
const BELLOWS = fileURLToPath(new URL('packages/cli/bin/bellows.js', root));
const PEER = fileURLToPath(new URL('bench/go/prometheus-adapter', root));

/** What both servers are started with. */
export interface ServerSurroundings {
  /** Folder for their files. */
  readonly folder: string;
  /** Administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** Where Prometheus is. */
  readonly prometheusUrl: string;
  /** Configuration of prometheus-adapter. */
  readonly config: string;
}

/** A metrics API server as a process. */
export interface MeasuredServer {
  /** Base URL. */
  readonly url: string;
  /** From its start to its first answer with a value, in seconds. */
  readonly firstAnswerSeconds: number;
  /** Resident memory now, in megabytes. */
  residentMegabytes(): number;
  /** Ends it. */
  stop(): Promise<void>;
}

const POLL_MS = 20;
const DEADLINE_MS = 120_000;

/**
 * Starts ours or prometheus-adapter 0.12.0 without its limit of 5 lists a second, and waits until a path is answered with 200.
 *
 * @throws Error when that takes more than two minutes.
 */
export async function startServer(
  which: 'ours' | 'peer',
  surroundings: ServerSurroundings,
  first: { readonly path: string; readonly token: string },
): Promise<MeasuredServer> {
  const port = await freePort();
  const command = await commandOf(which, port, surroundings);
  const beganMs = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: 'ignore' });
  const url = `https://127.0.0.1:${port}`;
  while (performance.now() - beganMs < DEADLINE_MS && child.exitCode === null) {
    const status = await ask(`${url}${first.path}`, first.token).catch(() => 0);
    if (status === 200) return measured(child, url, (performance.now() - beganMs) / 1000);
    await sleep(POLL_MS);
  }
  await stopProcess(child);
  throw new Error(`${which} did not answer ${first.path} within ${DEADLINE_MS} ms`);
}

/** Asks with a bearer token, reads the whole answer and resolves with its status. */
export function ask(url: string, token: string, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    // Measured here and not verified: the one signs itself, the other by an authority in a Secret.
    const options = { headers, rejectUnauthorized: false, ...(agent && { agent }) };
    request(url, options, (response) => {
      response
        .on('data', () => undefined)
        .on('end', () => {
          resolve(response.statusCode ?? 0);
        });
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

async function commandOf(
  which: 'ours' | 'peer',
  port: number,
  { folder, kubeconfig, prometheusUrl, config }: ServerSurroundings,
): Promise<string[]> {
  const file = join(folder, 'adapter.yaml');
  writeFileSync(file, config);
  const shared = [
    ...[`--config=${file}`, `--prometheus-url=${prometheusUrl}`, `--secure-port=${port}`],
    ...[`--lister-kubeconfig=${kubeconfig}`, '--metrics-relist-interval=1m'],
  ];
  if (which === 'ours') {
    const heap = ['--max-old-space-size=160', '--max-semi-space-size=4'];
    return [
      process.execPath,
      ...heap,
      BELLOWS,
      'adapter',
      ...shared,
      '--shutdown-delay-duration=0s',
    ];
  }
  const program = await buildGoProgram({
    folder: PEER,
    package: 'sigs.k8s.io/prometheus-adapter/cmd/adapter',
  });
  const delegated = [
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
  ];
  const unlimited = ['--client-qps=10000', '--client-burst=10000'];
  return [program, ...shared, ...delegated, ...unlimited, `--cert-dir=${folder}`];
}

function measured(child: ChildProcess, url: string, firstAnswerSeconds: number): MeasuredServer {
  return {
    ...{ url, firstAnswerSeconds },
    residentMegabytes: () => {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
    },
    stop: () => stopProcess(child),
  };
}
