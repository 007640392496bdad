import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Why load cannot be made here; undefined when it can. */
export function wrkObstacle(): string | undefined {
  if (spawnSync('wrk', ['-v']).error !== undefined) return 'needs wrk: apt-get install wrk';
  if (spawnSync('taskset', ['-V']).error === undefined) return undefined;
  return 'needs taskset: apt-get install util-linux';
}

/** Keeps a server busy over kept connections. @returns the number of answers. @throws Error when some were no 2xx. */
export async function saturate(
  url: string,
  { seconds, connections, core }: { seconds: number; connections: number; core: number },
): Promise<number> {
  const child = spawn('taskset', [
    '-c',
    String(core),
    'wrk',
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    url,
  ]);
  const output = await text(child.stdout);
  const requests = /(\d+) requests in/.exec(output)?.[1];
  if (requests === undefined || /Non-2xx|Socket errors/.test(output)) {
    throw new Error(`Expected answers from ${url}, got: ${output}`);
  }
  return Number(requests);
}

/** Ties a process to one core: all of its threads, or only the main one. */
export function tie(pid: number, core: number, threads: 'all' | 'main'): void {
  const options = threads === 'all' ? ['--all-tasks'] : [];
  spawnSync('taskset', [...options, '--pid', '--cpu-list', String(core), String(pid)]);
}
