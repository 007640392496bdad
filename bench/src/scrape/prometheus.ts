import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@bellows/testkit';
import { stopProcess } from '../worker-process.ts';

/** A Prometheus that scrapes. */
export interface Prometheus {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Tries to reach it once in so long, in milliseconds. */
const POLL_MS = 100;
const POLLS = 100;

/** Starts Prometheus with these targets, each second, and keeps three of their series. */
export async function startPrometheus(addresses: readonly string[]): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'bellows-bench-'));
  const config = join(folder, 'prometheus.yml');
  await writeFile(
    config,
    `global: { scrape_interval: 1s, scrape_timeout: 900ms }
scrape_configs:
  - job_name: targets
    metric_relabel_configs:
      - source_labels: [__name__]
        regex: http_requests_total|queue_length|process_cpu_seconds_total
        action: keep
    static_configs: [{ targets: ${JSON.stringify(addresses)} }]
`,
  );
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await untilReady(child, port);
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      await stopProcess(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (let poll = 0; poll < POLLS && child.exitCode === null; poll += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await sleep(POLL_MS);
  }
  await stopProcess(child);
  throw new Error('prometheus did not become ready in 10 s');
}
