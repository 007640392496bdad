import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { findGo } from '../../kube/build.mjs';

/** What is built. */
export interface GoProgram {
  /** Folder of its module. */
  readonly folder: string;
  /** Package that has `main`. @defaultValue the module's own */
  readonly package?: string;
}

/**
 * Builds a Go program unless a build of the same sources is in the cache, and returns its path. Two who build it at once both do, and
 * the second replaces the first by what is the same.
 *
 * @throws Error without Go, or with what Go said.
 */
export async function buildGoProgram(program: GoProgram): Promise<string> {
  const path = cachePath(program);
  if (existsSync(path)) return path;
  const go = findGo();
  if (go === undefined)
    throw new Error('needs Go 1.26 or newer: install it from https://go.dev/dl');
  mkdirSync(join(path, '..'), { recursive: true });
  const part = `${path}.${process.pid}`;
  const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', part, program.package ?? '.'];
  const env = { ...process.env, CGO_ENABLED: '0' };
  const child = spawn(go, args, { cwd: program.folder, env, stdio: ['ignore', 2, 2] });
  // What else is done meanwhile, such as other tests, goes first.
  if (child.pid !== undefined) setPriority(child.pid, 10);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', resolve);
  });
  if (status !== 0) throw new Error(`go build of ${program.folder} ended with ${String(status)}`);
  renameSync(part, path);
  return path;
}

function cachePath({ folder, package: name = '.' }: GoProgram): string {
  const digest = createHash('sha256').update(name).update('\0');
  for (const file of readdirSync(folder).sort()) {
    if (!/\.go$|^go\.(mod|sum)$/.test(file)) continue;
    digest
      .update(file)
      .update('\0')
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  const environment = process.env['XDG_CACHE_HOME'];
  const cache =
    environment === undefined || environment === '' ? join(homedir(), '.cache') : environment;
  const program = basename(name === '.' ? folder : name);
  return join(cache, 'bellows', 'go', digest.digest('hex').slice(0, 16), program);
}
