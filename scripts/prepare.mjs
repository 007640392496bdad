// Makes a fresh clone ready: right Node, packages installed as locked, everything built.
// Plain JavaScript without dependencies, since it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs and builds what is not installed and built; ends the process with a reason if it cannot. */
export function prepare() {
  requireNode();
  if (!isInstalled()) {
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages');
    writeFileSync(installMark(), lockDigest());
  }
  run('npm', ['run', '--silent', 'build'], 'Building');
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
  const status = runStep(command, args);
  if (status !== 0) {
    process.stderr.write(`${title} failed: ${command} ${args.join(' ')} ended with ${status}\n`);
    process.exit(status);
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `Bellows needs Node 20.19 or newer, this is ${process.versions.node}. See https://nodejs.org/en/download\n`,
  );
  process.exit(2);
}

const installMark = () => join(root, 'node_modules', '.bellows-lock');
const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function isInstalled() {
  return existsSync(installMark()) && readFileSync(installMark(), 'utf8') === lockDigest();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
