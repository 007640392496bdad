import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@bellows/testkit';

/** A real Prometheus that scrapes one page, whose labels are those of its series. */
export interface PagePrometheus {
  /** Base URL. */
  readonly url: string;
  /** Ends both. */
  stop(): Promise<void>;
}

const POLL_MS = 100;
const POLLS = 600;

/**
 * Starts Prometheus with a target whose page is written by a function, scraped each second.
 *
 * @param seen - A query that has a result as soon as the page is known.
 * @throws Error when it does not become ready within a minute.
 */
export async function startPagePrometheus(
  page: () => string,
  seen: string,
): Promise<PagePrometheus> {
  const target = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(page());
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'bellows-prometheus-'));
  const config = join(folder, 'prometheus.yml');
  const { port: targetPort } = target.address() as AddressInfo;
  const job = `{job_name: page, honor_labels: true, scrape_interval: 1s, static_configs: [{targets: ['127.0.0.1:${targetPort}']}]}`;
  writeFileSync(config, `scrape_configs: [${job}]\n`);
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://${address}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    target.closeAllConnections();
    await new Promise((resolve) => target.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  for (let poll = 0; poll < POLLS && child.exitCode === null; poll += 1) {
    if (await hasResult(url, seen)) return { url, stop };
    await sleep(POLL_MS);
  }
  await stop();
  throw new Error('prometheus did not become ready');
}

async function hasResult(url: string, query: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`).catch(
    () => undefined,
  );
  return (await answer?.text())?.includes('"value":[') === true;
}
