import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import {
  extensionOf,
  PROGRAM_LANGUAGES,
  programOf,
  readCodeBlocks,
  type CodeBlock,
} from '../src/docs-code.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Below the repository's root, so that its packages are found. */
const FOLDER = join(ROOT, 'scripts', '.docs-code');
const PRELOAD = pathToFileURL(join(ROOT, 'scripts/docs-code-preload.mjs')).href;

function pages(): string[] {
  const below = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
      .map((path) => join(folder, path));
  const packages = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`);
  return ['README.md', ...below('docs'), ...packages];
}

function blocksOf(page: string): CodeBlock[] {
  try {
    return readCodeBlocks(page, readFileSync(join(ROOT, page), 'utf8'));
  } catch {
    return [];
  }
}

const programs = pages()
  .flatMap(blocksOf)
  .filter(({ language }) => PROGRAM_LANGUAGES.includes(language))
  .map((block) => ({ block, name: `${block.page}:${String(block.line)}` }));

async function runProgram(block: CodeBlock, name: string): Promise<void> {
  const extension = extensionOf(block);
  const text = programOf(block);
  const isTypeScript = extension === 'mts';
  const { code } = isTypeScript ? await transform(text, { loader: 'ts' }) : { code: text };
  const file = `${name.replaceAll(/[/:]/g, '-')}.${isTypeScript ? 'mjs' : extension}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, file), code);
  const env = {
    PATH: process.env['PATH'],
    BELLOWS_ADMIN_PORT: '0',
    BELLOWS_ADMIN_HOST: '127.0.0.1',
    BELLOWS_DRAIN_DELAY_SECONDS: '0',
    BELLOWS_DRAIN_QUIET_SECONDS: '0',
  };
  const options = { cwd: FOLDER, env, timeout: 20_000 };
  await run(process.execPath, [`--import=${PRELOAD}`, join(FOLDER, file)], options);
}

afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
});

describe('the code of the pages runs', () => {
  const runnable = programs.filter(({ block }) => block.notRun === undefined);
  test.each(runnable)('$name', async ({ block, name }) => {
    await expect(runProgram(block, name)).resolves.toBeUndefined();
  });
});

test('what does not run says why', () => {
  for (const { block, name } of programs) {
    if (block.notRun !== undefined) expect(block.notRun.length, name).toBeGreaterThan(10);
  }
});

test('JSON of the pages is JSON', () => {
  for (const block of pages().flatMap(blocksOf)) {
    if (block.language !== 'json' || block.notRun !== undefined) continue;
    expect(
      () => JSON.parse(block.code) as unknown,
      `${block.page}:${String(block.line)}`,
    ).not.toThrow();
  }
});

test('links between pages lead to files that are there', () => {
  for (const page of pages()) {
    const text = blocksOf(page).length === 0 ? '' : readFileSync(join(ROOT, page), 'utf8');
    for (const [, link] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
      const target = join(ROOT, dirname(page), link!);
      expect(() => readFileSync(target), `${page}: ${relative(ROOT, target)}`).not.toThrow(
        /ENOENT/,
      );
    }
  }
});

test('a block is found with its line, its language and what stands around it', () => {
  const page = [
    '# Title',
    '<!-- before',
    'const a = 1;',
    '-->',
    '',
    '```js',
    'b(a);',
    '```',
    '',
    '<!-- after',
    'c();',
    '-->',
    '<!-- not run: needs a cluster -->',
    '```sh',
    'kubectl',
    '```',
  ].join('\n');
  const [first, second] = readCodeBlocks('page.md', page);
  expect(first).toEqual({
    page: 'page.md',
    line: 6,
    language: 'js',
    code: 'b(a);\n',
    before: 'const a = 1;\n',
    after: 'c();\n',
    notRun: undefined,
  });
  expect(second).toMatchObject({ line: 14, language: 'sh', notRun: 'needs a cluster' });
});

test('what a page says is before each block is before each block', () => {
  const page = '<!-- before each\nconst a = 1;\n-->\n```js\nb(a);\n```\n\n```js\nc(a);\n```\n';
  expect(readCodeBlocks('page.md', page).map(({ before }) => before)).toEqual([
    'const a = 1;\n',
    'const a = 1;\n',
  ]);
});

test.each([
  ['js', "import a from 'a';", 'mjs'],
  ['js', "const a = require('a');", 'cjs'],
  ['ts', 'const a: string = "";', 'mts'],
])('a %s block of %s is a .%s file', (language, code, extension) => {
  const block = { page: '', line: 1, language, code, before: '', after: '', notRun: undefined };
  expect(extensionOf(block)).toBe(extension);
});
