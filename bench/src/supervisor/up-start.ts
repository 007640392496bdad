import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { median } from '../statistics.ts';
import { shopManifest } from './shop-manifest.ts';
import { freePort } from '@bellows/testkit';

const GOAL_SECONDS = 1;
const SERVICE = fileURLToPath(new URL('run-service.js', import.meta.url));
const BELLOWS = fileURLToPath(new URL('../../../packages/cli/bin/bellows.js', import.meta.url));
/** An answer that takes longer will not come, in milliseconds. */
const DEADLINE_MS = 60_000;

/**
 * How much longer the first answer takes through `bellows up` than from the bare service: once for Bellows'
 * own part, once with probes, whose period is the manifest's.
 */
export const upStartBenchmark: Benchmark = {
  name: 'up-start',
  summary: "time from `bellows up` to its first pod's first answer, beside the bare service's",
  obstacle: () =>
    process.platform === 'win32' ? 'needs POSIX signals: run it on Linux' : undefined,
  run: async ({ rounds }: BenchSettings) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellows-bench-'));
    try {
      return [
        await compare(folder, rounds, { what: 'without probes', isProbed: false }),
        await compare(folder, rounds, { what: 'probed each second', isProbed: true }),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** How the pod is made. */
interface PodKind {
  readonly what: string;
  readonly isProbed: boolean;
}

async function compare(folder: string, rounds: number, kind: PodKind): Promise<BenchRow> {
  const bareMs: number[] = [];
  const upMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const port = await freePort();
    bareMs.push(await untilAnswer([SERVICE], port, folder));
    const manifest = join(folder, 'idle.yaml');
    const command = [process.execPath, SERVICE] as const;
    const { isProbed } = kind;
    await writeFile(manifest, shopManifest({ replicas: 1, servicePort: port, command, isProbed }));
    upMs.push(await untilAnswer([BELLOWS, 'up', '-f', manifest], port, folder));
  }
  const addedSeconds = upMs.map((ms, round) => (ms - (bareMs[round] ?? Number.NaN)) / 1000);
  const added = median(addedSeconds);
  return {
    what: `first answer of a pod ${kind.what}, ms; ratio: seconds added`,
    ours: median(upMs).toFixed(0),
    peer: median(bareMs).toFixed(0),
    ratio: `${added.toFixed(2)} (${Math.min(...addedSeconds).toFixed(2)}–${Math.max(...addedSeconds).toFixed(2)})`,
    goal: `< ${GOAL_SECONDS}`,
    isMet: added < GOAL_SECONDS,
  };
}

/** Time from a Node process's start to the first answer on a port, in milliseconds; the process is ended. */
async function untilAnswer(args: readonly string[], port: number, cwd: string): Promise<number> {
  const startMs = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port) },
  });
  let spawnError: Error | undefined;
  child.once('error', (error) => {
    spawnError = error;
  });
  try {
    while (!(await answers(port))) {
      if (spawnError !== undefined) throw spawnError;
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      if (performance.now() - startMs > DEADLINE_MS) throw new Error('it never answered');
      await sleep(2);
    }
    return performance.now() - startMs;
  } finally {
    const isRunning = child.pid !== undefined && child.exitCode === null;
    const exited = isRunning ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await exited;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => {
      resolve(false);
    });
  });
}
