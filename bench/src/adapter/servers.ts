import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request, type Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildGoProgram } from '@bellows/e2e';
import { freePort } from '@bellows/testkit';
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
  /** Its process id. */
  readonly pid: number;
  /** From its start to its first answer with a value, in seconds. */
  readonly firstAnswerSeconds: number;
  /** Resident memory now, in megabytes. */
  residentMegabytes(): number;
  /** The most it has been so far, in megabytes. */
  peakMegabytes(): number;
  /** Ends it. */
  stop(): Promise<void>;
}

/** An answer that was read. */
export interface ServerAnswer {
  readonly status: number;
  readonly body: string;
}

/** What a server is asked until it has what is measured. */
export interface FirstQuestion {
  readonly path: string;
  readonly token: string;
  /** Whether this is it. @defaultValue status 200 */
  readonly isIt?: (answer: ServerAnswer) => boolean;
}

const POLL_MS = 20;
const DEADLINE_MS = 120_000;

/**
 * Starts ours or prometheus-adapter 0.12.0 without its limit of 5 lists a second, and waits until a path is answered.
 *
 * @throws Error when that takes more than two minutes.
 */
export async function startServer(
  which: 'ours' | 'peer',
  surroundings: ServerSurroundings,
  { path, token, isIt = ({ status }) => status === 200 }: FirstQuestion,
): Promise<MeasuredServer> {
  const port = await freePort();
  const command = await commandOf(which, port, surroundings);
  const beganMs = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: 'ignore' });
  const url = `https://127.0.0.1:${port}`;
  while (performance.now() - beganMs < DEADLINE_MS && child.exitCode === null) {
    const answer = await read(`${url}${path}`, token).catch(() => undefined);
    if (answer !== undefined && isIt(answer))
      return measured(child, url, (performance.now() - beganMs) / 1000);
    await sleep(POLL_MS);
  }
  await stopProcess(child);
  throw new Error(`${which} did not answer ${path} within ${DEADLINE_MS} ms`);
}

/** Asks with a bearer token, reads the whole answer and resolves with its status. */
export async function ask(url: string, token: string, agent?: Agent): Promise<number> {
  return (await read(url, token, agent)).status;
}

/** Asks with a bearer token and resolves with the whole answer. */
export function read(url: string, token: string, agent?: Agent): Promise<ServerAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    // Measured here and not verified: the one signs itself, the other by an authority in a Secret.
    const options = { headers, rejectUnauthorized: false, ...(agent && { agent }) };
    request(url, options, (response) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const body = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body });
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
  const pid = child.pid ?? 0;
  const megabytes = (field: string): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1000;
  };
  return {
    ...{ pid, url, firstAnswerSeconds },
    residentMegabytes: () => megabytes('VmRSS'),
    peakMegabytes: () => megabytes('VmHWM'),
    stop: () => stopProcess(child),
  };
}
