import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';

const bellows = fileURLToPath(new URL('../bin/bellows.js', import.meta.url));

function run(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [bellows, ...args], { encoding: 'utf8', ...options });
}

describe('bellows', () => {
  test('version names Bellows, the Kubernetes rules and Node', () => {
    const { status, stdout } = run(['version']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^bellows \d+\.\d+\.\d+ \(HPA rules of Kubernetes 1\.37\.2, Node \d+\./);
    expect(run(['--version']).stdout).toBe(stdout);
  });

  test('help explains up with examples and exit codes', () => {
    const { status, stdout } = run(['help', 'up']);
    expect(status).toBe(0);
    expect(stdout).toContain('bellows up -f k8s/ -- node server.js');
    expect(stdout).toContain('Exit codes:');
    expect(run(['up', '--help']).stdout).toBe(stdout);
    expect(run(['help']).stdout).toContain('up [options]');
  });

  test('without a command it shows the help and says that this was no use', () => {
    const { status, stderr } = run([]);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: bellows');
  });
});

describe('a reader that has gone', () => {
  test('ends it without a word', async () => {
    const child = spawn(process.execPath, [bellows, 'help', 'up']);
    child.stdout.destroy();
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(stderr).toBe('');
    expect(child.exitCode).toBe(141);
  });
});

describe('wrong arguments', () => {
  test.each([
    [['up', '--outptu', 'json'], /^bellows: unknown option '--outptu'/],
    [['up', 'node', 'server.js'], /^bellows: Expected only options before `--`/],
    [['upp'], /^bellows: unknown command 'upp'/],
  ])('%j is refused in the words of bellows with exit code 2', (args, message) => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('where Bellows cannot run', () => {
  test('it says so with exit code 3 where its own files are missing', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(join(directory.path, 'package.json'), '{"type": "module"}');
    await cp(dirname(bellows), join(directory.path, 'bin'), { recursive: true });
    const script = join(directory.path, 'bin', 'bellows.js');
    const { status, stderr } = spawnSync(process.execPath, [script, 'version'], {
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^bellows: its own files cannot be loaded; install it again\n/);
  });

  test.each([
    ['Windows', "process, 'platform', { value: 'win32' }", /WSL2/],
    ['an old Node', "process.versions, 'node', { value: '20.18.3' }", /Node 20\.19 .* 20\.18\.3/],
  ])('it refuses %s and says what to do', (_what, pretence, message) => {
    const preload = `data:text/javascript,Object.defineProperty(${pretence})`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', preload, bellows, 'version'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(3);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^bellows: .* \(ERR_CLI_PLATFORM\)\n$/);
  });
});

describe('bellows up', () => {
  test('with neither manifests nor a command names the two ways', () => {
    const { status, stdout, stderr } = run(['up']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('bellows up -f k8s/');
    expect(stderr).toContain('bellows up -- node server.js');
  });

  test.each([
    [['up', 'node', 'server.js']],
    [['up', '--no-such-option']],
    [['up', '-f', 'k8s/', '--output', 'xml']],
    [['up', '-f', 'k8s/', '--load-duration', 'soon']],
    [['up', '--horizontal-pod-autoscaler-sync-period', '48h', '--', 'node', 'server.js']],
    [['up', '-f', 'no/such/folder']],
    [['up', '-f', 'k8s/', '--write', 'k8s/']],
    [['up', '--force', '--', 'node', 'server.js']],
    [['up', '--output', 'live', '--', 'node', 'server.js']],
    [['down']],
  ])('refuses %j with exit code 2', (args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('tells all problems of the manifests at once, with place and remedy', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(join(directory.path, 'k8s'));
    await writeFile(
      join(directory.path, 'k8s', 'a.yaml'),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: Shop\nspec:\n  replica: 2\n',
    );
    await writeFile(join(directory.path, 'k8s', 'b.yaml'), 'kind: [\n');
    const { status, stdout, stderr } = run(['up', '-f', 'k8s/'], { cwd: directory.path });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/k8s\/a\.yaml:4:9 metadata\.name/);
    expect(stderr).toMatch(/k8s\/a\.yaml:6:\d+ .*replica/);
    expect(stderr).toMatch(/k8s\/b\.yaml:\d+:\d+/);
    expect(stderr).toContain('(ERR_MANIFEST_INVALID)');
  });

  test('reads manifests from standard input', () => {
    const { status, stderr } = run(['up', '-f', '-'], { input: 'kind: Deployment\n' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/standard input:1:1/);
  });

  test('finds a report path that cannot be written before anything starts', async () => {
    await using directory = await temporaryDirectory();
    const { status, stderr } = run(
      ['up', '--report', 'no/such/folder/run.json', '--', 'node', 'server.js'],
      { cwd: directory.path },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('(ERR_CLI_REPORT)');
  });
});
