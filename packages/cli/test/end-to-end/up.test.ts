import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineHas, pidsWithEnvironment, temporaryDirectory, waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const bellows = fileURLToPath(new URL('../../bin/bellows.js', import.meta.url));
const server = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
/** Marks every process of a test, so that those left over can be found. */
let mark: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await temporaryDirectory();
  mark = directory.path;
});
afterEach(async () => {
  // Nothing to do after a test that went well.
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await directory[Symbol.asyncDispose]();
});

interface Run {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly written: { stdout: string; stderr: string };
  readonly exitCode: Promise<number | null>;
}

function start(args: readonly string[], environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [bellows, 'up', ...args], {
    cwd: directory.path,
    env: { ...process.env, BELLOWS_TEST_MARK: mark, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  return { child, written, exitCode };
}

async function writeK8s(): Promise<string> {
  const file = join(directory.path, 'k8s.yaml');
  await writeFile(
    file,
    `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          command: [node, ${JSON.stringify(server)}]
          ports: [{name: http, containerPort: 8080}]
          env: [{name: PORT, value: '8080'}, {name: BELLOWS_TEST_MARK, value: ${JSON.stringify(mark)}}]
          readinessProbe: {tcpSocket: {port: http}, periodSeconds: 1}
          resources: {requests: {cpu: 100m}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 2
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}}
`,
  );
  return file;
}

/** Size of all files below a folder whose path ends so. */
function bytesIn(folder: string, suffix = ''): number {
  if (!existsSync(folder)) return 0;
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const stats = paths
    .filter((path) => path.endsWith(suffix))
    .map((path) => statSync(join(folder, path)));
  return stats.reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}

const nothingIsLeft = (): boolean => pidsWithEnvironment('BELLOWS_TEST_MARK', mark).length === 0;
/** Whether it has taken over SIGHUP, as it does with SIGINT (which Node catches anyway). */
const listensForSignals = ({ child }: Run): boolean => {
  const [, caught = '0'] = /^SigCgt:\s*(\w+)/m.exec(
    readFileSync(`/proc/${child.pid}/status`, 'utf8'),
  )!;
  return (BigInt(`0x${caught}`) & 1n) === 1n;
};
const isReady = ({ written }: Run): boolean => written.stdout.includes('ready 1/1');

describe.runIf(machineHas('linux'))('bellows up', () => {
  test('makes manifests for a command, serves a load, reports it and leaves nothing behind', async () => {
    const run = start([
      ...['--output', 'json', '--report', 'run.json', '--write', 'k8s'],
      ...['--load', '20', '--load-duration', '2s', '--', 'node', server],
    ]);
    expect(await run.exitCode).toBe(0);
    const objects = run.written.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const { type, ...report } = objects.at(-1)!;
    expect(type).toBe('summary');
    expect(report).toMatchObject({
      verdict: { kept: true },
      endedBy: 'load',
      requests: { shed: 0, lost: 0 },
      replicas: { min: 1, max: 1, final: 1 },
    });
    expect(objects.map((object) => object.type)).toContain('decision');
    expect(run.written.stderr).toBe('');
    expect(JSON.parse(await readFile(join(directory.path, 'run.json'), 'utf8'))).toEqual(report);
    expect((await readdir(join(directory.path, 'k8s'))).sort()).toEqual([
      'deployment.yaml',
      'hpa.yaml',
      'service.yaml',
    ]);
    expect(await readdir(join(directory.path, '.bellows', 'runs'))).toHaveLength(1);
    expect(nothingIsLeft()).toBe(true);
  });

  test('is not content with a profile that did not scale the service', async () => {
    await writeFile(
      join(directory.path, 'day.csv'),
      'seconds,requests_per_second\n0,5\n1,20\n2,5\n',
    );
    const run = start(['-f', await writeK8s(), '--load', 'day.csv']);
    expect(await run.exitCode).toBe(1);
    expect(run.written.stdout).toContain('✗ it did not scale out  ✗ it did not scale in');
    expect(run.written.stdout).toContain('  0 lost');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('stops in order at %s', async (signal, exitCode) => {
    const run = start(['-f', await writeK8s()]);
    await waitUntil('a ready pod', () => isReady(run));
    run.child.kill(signal);
    expect(await run.exitCode).toBe(exitCode);
    expect(run.written.stdout).toContain(`✓ ended by ${signal}`);
    expect(nothingIsLeft()).toBe(true);
  });

  test('ends at Ctrl-C while manifests are read from a standard input that does not end', async () => {
    const run = start(['-f', '-']);
    await waitUntil('listening for signals', () => listensForSignals(run));
    run.child.kill('SIGINT');
    expect(await run.exitCode).toBe(130);
    expect(run.written).toEqual({ stdout: '', stderr: '' });
  });

  test('stops at once at the second Ctrl-C', async () => {
    const run = start(['-f', await writeK8s(), '--', 'env', 'IGNORE_SIGTERM=1', 'node', server]);
    await waitUntil('a ready pod', () => isReady(run));
    run.child.kill('SIGINT');
    await waitUntil('a pod that is told to end', () =>
      run.written.stdout.includes('terminating 1'),
    );
    const askedAtMs = Date.now();
    run.child.kill('SIGINT');
    expect(await run.exitCode).toBe(130);
    expect(Date.now() - askedAtMs).toBeLessThan(10_000);
    expect(nothingIsLeft()).toBe(true);
  });

  test('accounts for every request, also for those that a second Ctrl-C cut', async () => {
    const args = ['-f', await writeK8s(), '--load', '50', '--report', 'run.json'];
    const run = start([...args, '--', 'env', 'ANSWERS=never', 'node', server]);
    await waitUntil('requests', () => /sent [1-9]/.test(run.written.stdout));
    run.child.kill('SIGINT');
    await waitUntil('the end of the arrivals', () => run.written.stdout.includes('load 0/s'));
    run.child.kill('SIGINT');
    expect(await run.exitCode).toBe(130);
    const text = await readFile(join(directory.path, 'run.json'), 'utf8');
    const { requests } = JSON.parse(text) as { requests: Record<string, number> };
    expect(requests['sent']).toBeGreaterThan(0);
    expect(requests).toMatchObject({ answered: 0, shed: 0, lost: requests['sent'] });
  });

  test('leaves the records of a folder alone where another run holds it', async () => {
    const file = await writeK8s();
    const run = start(['-f', file]);
    await waitUntil('a ready pod', () => isReady(run));
    const refused = start(['-f', file]);
    expect(await refused.exitCode).toBe(3);
    expect(refused.written.stderr).toContain('ERR_SUPERVISOR_ALREADY_RUNNING');
    expect(await readdir(join(directory.path, '.bellows', 'runs'))).toHaveLength(1);
    run.child.kill('SIGINT');
    expect(await run.exitCode).toBe(130);
  });

  test('stops in order when nobody reads it any more', async () => {
    const run = start(['-f', await writeK8s()]);
    await waitUntil('a ready pod', () => isReady(run));
    run.child.stdout!.destroy();
    expect(await run.exitCode).toBe(141);
    expect(run.written.stderr).toBe('');
    expect(nothingIsLeft()).toBe(true);
  });

  test('gives a slow reader everything but seconds and logs', async () => {
    const args = ['-f', await writeK8s(), '--output', 'json', '--report', 'run.json', '--logs'];
    const run = start([...args, '--', 'env', 'LOG_LINES=60000', 'node', server]);
    run.child.stdout!.pause();
    // Half of what is said: the file of a log drops lines while the disk is slower than they come.
    await waitUntil('3 MB of logs', () => bytesIn(join(directory.path, '.bellows/logs')) > 3e6);
    run.child.kill('SIGINT');
    await waitUntil('the report', () => bytesIn(directory.path, 'run.json') > 0);
    run.child.stdout!.resume();
    expect(await run.exitCode).toBe(130);
    const lines = run.written.stdout.trimEnd().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as { type: string; text?: string });
    expect(objects.at(-1)!.type).toBe('summary');
    expect(objects.at(-2)!.text).toMatch(/^\d+ lines \(seconds, logs\) were left out/);
    expect(objects.length).toBeLessThan(20_000);
  });

  test('leaves nothing behind when it is killed', async () => {
    const run = start(['-f', await writeK8s()]);
    await waitUntil('a ready pod', () => isReady(run));
    // Bellows and the pod: the mark finds them.
    expect(pidsWithEnvironment('BELLOWS_TEST_MARK', mark)).toHaveLength(2);
    run.child.kill('SIGKILL');
    await run.exitCode;
    await waitUntil('the end of all pods', nothingIsLeft);
  });

  test('says why no pod gets ready, and gives up the load', async () => {
    const args = ['-f', await writeK8s(), '--load', '5', '--ready-timeout', '2s'];
    const run = start([...args, '--', 'no-such-program']);
    expect(await run.exitCode).toBe(3);
    expect(run.written.stderr).toContain('ERR_CLI_NOT_READY');
    expect(run.written.stderr).toContain('no-such-program');
    expect(nothingIsLeft()).toBe(true);
  });

  test('ends by itself after its duration', async () => {
    const run = start(['-f', await writeK8s(), '--duration', '5s', '--logs']);
    expect(await run.exitCode).toBe(0);
    expect(run.written.stdout).toMatch(/^web-\S+\/web listening$/m);
    expect(run.written.stdout).toContain('✓ ended by duration');
  });
});
