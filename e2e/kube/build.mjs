// Builds the control plane, unless a build of the same sources is in the cache: `node e2e/kube/build.mjs`. The last line is
// its path. Plain JavaScript without dependencies, since CI starts it before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('.', import.meta.url));
/** What `/version` says; without it, the API server says v0.0.0-master and clients that look misbehave. */
const VERSION = { gitVersion: 'v1.37.2', gitMajor: '1', gitMinor: '37', gitTreeState: 'clean' };
const VERSION_PACKAGES = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
const GO_COMMANDS = ['go', '/usr/local/go/bin/go'];
const MIN_GO_MINOR = 26;

/** Where the build of these very sources is, or will be. */
export function kubePath() {
  const digest = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    digest.update(readFileSync(join(sources, file))).update('\0');
  }
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'bellows', 'kube', digest.digest('hex').slice(0, 16), 'kube');
}

/** The command of a Go that can build it, or undefined. */
export function findGo() {
  return GO_COMMANDS.find((command) => {
    const { stdout } = spawnSync(command, ['env', 'GOVERSION'], { encoding: 'utf8' });
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= MIN_GO_MINOR);
  });
}

/** Builds it and resolves with its path. A build that somebody else has begun is waited for. */
export async function buildKube() {
  const program = kubePath();
  const folder = join(program, '..');
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'building');
  while (!existsSync(program)) {
    if (!takeLock(lock)) {
      await sleep(500);
      continue;
    }
    try {
      await runGo(program);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return program;
}

/** A file with the builder's process id; one whose process is gone counts for nothing. */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(readPid(lock))) rmSync(lock, { force: true });
    return false;
  }
}

function readPid(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function runGo(program) {
  const go = findGo();
  if (!go) {
    throw new Error(
      `building Kubernetes' control plane needs Go 1.${MIN_GO_MINOR} or newer, and none was found; install it from https://go.dev/dl`,
    );
  }
  process.stderr.write("Building Kubernetes' control plane (about 10 minutes the first time) …\n");
  const flags = VERSION_PACKAGES.flatMap((name) =>
    Object.entries(VERSION).map(([key, value]) => `-X ${name}.${key}=${value}`),
  );
  const part = `${program}.part`;
  const child = spawn(
    go,
    ['build', '-trimpath', '-ldflags', ['-s', '-w', ...flags].join(' '), '-o', part, '.'],
    { cwd: sources, stdio: ['ignore', 2, 2], env: { ...process.env, CGO_ENABLED: '0' } },
  );
  // What else is done meanwhile, such as other tests, goes first.
  if (child.pid) setPriority(child.pid, 10);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', resolve);
  });
  if (status !== 0) throw new Error(`go build ended with ${status}; what it said is above`);
  renameSync(part, program);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await buildKube()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
