import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { formatMessage } from 'publint/utils';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webpack from 'webpack';
import { temporaryDirectory, type TemporaryDirectory } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runScript } from '../fixtures/run-script.ts';

const run = promisify(execFile);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ROOT = pathOf('../../../..');

let folder: TemporaryDirectory;
/** Where nothing but the tarball is installed. */
let consumer: string;
let published: string;

beforeAll(async () => {
  folder = await temporaryDirectory();
  published = join(folder.path, 'published');
  consumer = join(folder.path, 'consumer');
  await run(process.execPath, [pathOf('../../build-package.js'), published]);
  await run('npm', ['pack', '--pack-destination', folder.path], { cwd: published });
  await mkdir(consumer);
  await writeFile(join(consumer, 'package.json'), '{"name":"consumer","private":true}');
  const [tarball] = (await readdir(folder.path)).filter((name) => name.endsWith('.tgz'));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `../${tarball!}`], {
    cwd: consumer,
  });
  await cp(pathOf('../fixtures/packaging'), consumer, { recursive: true });
}, 120_000);

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

/** Runs a service of the consumer's folder, and asks it, its probes and its metrics. */
async function expectService(script: string, nodeArguments: readonly string[] = []): Promise<void> {
  const env = { BELLOWS_DRAIN_DELAY_SECONDS: '0', BELLOWS_DRAIN_QUIET_SECONDS: '0' };
  const settings = { cwd: consumer, nodeArguments, env };
  await using service = await runScript(join(consumer, script), settings);
  expect((await fetchText(service.port, '/items/17')).body).toBe('served');
  expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
  const { body } = await fetchText(service.adminPort, '/metrics');
  expect(body).toContain('\nbellows_admin_worker 1\n');
  service.process.kill('SIGTERM');
  expect(await service.ended).toBe(0);
}

test('the tarball brings one package and nothing else', async () => {
  const { stdout } = await run('npm', ['ls', '--all', '--json'], { cwd: consumer });
  const { dependencies } = JSON.parse(stdout) as { dependencies: Record<string, object> };
  expect(Object.keys(dependencies)).toEqual(['@bellows/kit']);
  expect(dependencies['@bellows/kit']).not.toHaveProperty('dependencies');
  expect(await readdir(join(consumer, 'node_modules', '@bellows'))).toEqual(['kit']);
});

test('its files name no other package of this repository', async () => {
  const dist = join(published, 'dist');
  const files = await readdir(dist, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const text = await readFile(join(file.parentPath, file.name), 'utf8');
    expect(text, file.name).not.toMatch(/(?:from|import|require)\s*\(?\s*['"]@bellows\/(?!kit)/);
  }
});

test('publint finds nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: published, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

describe('the installed package serves', () => {
  test('an ES module', () => expectService('service.mjs'));
  test('a CommonJS module, by require', () => expectService('service.cjs'));
  test('a process that knows nothing of it, with --import', () =>
    expectService('unmodified.cjs', ['--import=@bellows/kit/register']));

  test.each(['esm', 'cjs'] as const)('a bundle of esbuild in format %s', async (format) => {
    const extension = format === 'esm' ? 'mjs' : 'cjs';
    const outfile = join(consumer, `esbuild-out/${format}/service.${extension}`);
    const entryPoints = [join(consumer, `service.${extension}`)];
    await build({ entryPoints, bundle: true, platform: 'node', format, outfile });
    await expectService(`esbuild-out/${format}/service.${extension}`);
  });

  test.each(['mjs', 'cjs'])('a bundle of webpack from a .%s module', async (extension) => {
    const output = join(consumer, 'webpack-out', extension);
    await bundleWithWebpack(join(consumer, `service.${extension}`), output);
    await expectService(`webpack-out/${extension}/service.cjs`);
  });
});

test('what knows neither ES modules nor module-sync, as Jest, gets CommonJS', async () => {
  const program = `
    const { exports } = require('./package.json');
    for (const [subpath, conditions] of Object.entries(exports)) {
      if (typeof conditions === 'string') continue;
      console.log(subpath, Object.keys(require(conditions.require.default)).length > 0);
    }
    process.exit();`;
  const { stdout } = await run(process.execPath, ['-e', program], { cwd: published });
  expect(stdout).toContain('. true\n');
  expect(stdout).toContain('./register true\n');
  expect(stdout).not.toContain('false');
});

test('a suite of Jest uses it, with fake timers, too, and ends with nothing left open', async () => {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const config = JSON.stringify({ testMatch: ['**/*.jest.cjs'], testEnvironment: 'node' });
  const { stdout, stderr } = await run(
    process.execPath,
    [jest, '--rootDir', consumer, '--config', config, '--detectOpenHandles', '--no-cache'],
    { cwd: consumer, timeout: 120_000 },
  ).catch((error: unknown) => error as { stdout: string; stderr: string });
  expect(stdout + stderr).toMatch(/Tests: +3 passed, 3 total/);
  expect(stdout + stderr).not.toMatch(/open handle|did not exit/);
}, 150_000);

describe('its types are whole, without skipLibCheck,', () => {
  test.each([
    ['an ES module', 'types.mts', 'nodenext'],
    ['a CommonJS module', 'types.cts', 'nodenext'],
    ['a CommonJS module of Node before require(esm)', 'types.cts', 'node16'],
    ['a bundler', 'types.mts', 'preserve'],
  ])(
    'for %s',
    async (_name, file, module) => {
      const typeRoots = join(ROOT, 'node_modules/@types');
      const compiler = [
        join(ROOT, 'node_modules/typescript/bin/tsc'),
        ...['--noEmit', '--strict', '--target', 'es2022', '--module', module],
        ...['--types', 'node', '--typeRoots', typeRoots, file],
      ];
      const { stdout } = await run(process.execPath, compiler, { cwd: consumer }).catch(
        (error: unknown) => error as { stdout: string },
      );
      expect(stdout).toBe('');
    },
    120_000,
  );
});

function bundleWithWebpack(entry: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const output = { path, filename: 'service.cjs' };
    webpack({ entry, output, target: 'node', mode: 'none' }, (error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
}
