import { spawnSync } from 'node:child_process';

/** Why processes cannot be tied to cores here; undefined when they can. */
export function tieObstacle(): string | undefined {
  if (spawnSync('taskset', ['-V']).error === undefined) return undefined;
  return 'needs taskset: apt-get install util-linux';
}

/** Ties a process to one core: all of its threads, or only the main one. */
export function tie(pid: number, core: number, threads: 'all' | 'main'): void {
  const options = threads === 'all' ? ['--all-tasks'] : [];
  spawnSync('taskset', [...options, '--pid', '--cpu-list', String(core), String(pid)]);
}
