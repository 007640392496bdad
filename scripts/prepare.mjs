// Makes a fresh clone ready: right Node, packages installed as locked, everything built.
// Plain JavaScript without dependencies, since it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformRefusal } from '../packages/cli/bin/platform-refusal.js';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the main job needs: a small part of what the tests and the benchmarks' peers bring. */
const MAIN_JOB = ['packages/cli', 'examples/shop'];

/**
 * Installs and builds what is not installed and built; ends the process with a reason if it cannot.
 *
 * @param {'all' | 'main job'} extent - How much: all of it, or what `npm start` runs.
 */
export function prepare(extent = 'all') {
  requirePlatform();
  const isWhole = extent === 'all';
  if (!isInstalled(isWhole)) {
    const only = MAIN_JOB.flatMap((folder) => ['--workspace', folder]);
    const part = isWhole ? [] : ['--include-workspace-root', ...only];
    run(
      'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...part],
      'Installing packages',
    );
    writeFileSync(installMark(), isWhole ? lockDigest() : `${lockDigest()} main job`);
  }
  if (isWhole) run('npm', ['run', '--silent', 'build'], 'Building');
  else run('npm', ['run', '--silent', 'build:main-job'], 'Building');
}

/** Runs a command in the repository's root and returns its exit code. */
export function runStep(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status ?? 1;
}

function run(command, args, title) {
  process.stderr.write(`${title} …\n`);
  // Standard output is the program's own: `npm start --silent -- --output json` writes nothing but JSON there.
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`${title} failed: ${command} ${args.join(' ')} ended with ${status}\n`);
    process.exit(status ?? 1);
  }
}

function requirePlatform() {
  const refusal = platformRefusal();
  if (refusal === undefined) return;
  process.stderr.write(`bellows: ${refusal} (ERR_CLI_PLATFORM)\n`);
  process.exit(3);
}

const installMark = () => join(root, 'node_modules', '.bellows-lock');
const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** A whole installation does for the main job, too. */
function isInstalled(isWhole) {
  if (!existsSync(installMark())) return false;
  const mark = readFileSync(installMark(), 'utf8');
  return mark === lockDigest() || (!isWhole && mark === `${lockDigest()} main job`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
