import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../src/main.ts';

const RIGHT = '{"k":"cmp","a":"1","b":"1000m","r":"0"}';
const WRONG = '{"k":"cmp","a":"1","b":"2","r":"0"}';

interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: string;
}

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bellows-conformance-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function run(...words: string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(words, {
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
  });
  return { code, out, err: err.join('\n') };
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, content);
  return full;
}

describe('conformance', () => {
  test('ends with the count and 0 when every case agrees', async () => {
    const cases = await file('cases.jsonl', `${RIGHT}\n${RIGHT}\n`);
    expect(await run('quantity', cases)).toMatchObject({ code: 0, out: ['2 passed, 0 failed'] });
  });

  test('prints each mismatch with file, line, input, expected and got, and ends with 1', async () => {
    const cases = await file('cases.jsonl', `${RIGHT}\n${WRONG}\n`);
    expect(await run('quantity', cases)).toMatchObject({
      code: 1,
      out: [`quantity ${cases}:2 ${WRONG}`, '  r: expected "0", got "-1"', '1 passed, 1 failed'],
    });
  });

  test('reads several files, plain and gzip, whatever their names', async () => {
    const plain = await file('a.jsonl', RIGHT);
    const packed = await file('b.jsonl.gz', gzipSync(`${RIGHT}\n${RIGHT}\n`));
    const unnamed = await file('c', gzipSync(RIGHT));
    expect(await run('quantity', plain, packed, unnamed)).toMatchObject({
      code: 0,
      out: ['4 passed, 0 failed'],
    });
  });

  test("without files runs the repository's own", async () => {
    expect(await run('duration-prometheus')).toMatchObject({
      code: 0,
      out: ['111 passed, 0 failed'],
    });
  });

  test.each([
    ['no JSON', '{"k":', /cases\.jsonl:1: Expected a JSON object/],
    ['no object', `${RIGHT}\n5\n`, /cases\.jsonl:2: Expected a JSON object/],
    ['of another form', '{"k":"page"}', /cases\.jsonl:1: Expected k to be one of parse, cmp/],
    ['without a key of the form', '{"k":"cmp","a":5}', /Expected a to be a text, got 5/],
    ['empty', '\n', /Expected at least one case, got none/],
  ])('a file that is %s ends with 2, its place and a remedy', async (_what, content, message) => {
    const { code, err } = await run('quantity', await file('cases.jsonl', content));
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).toMatch(/\(ERR_CONFORMANCE_FILE\)\nGive /);
  });

  test('gzip that is cut, or only named so, ends with 2', async () => {
    const cut = await file('cut.gz', gzipSync(RIGHT).subarray(0, 20));
    const named = await file('named.gz', RIGHT);
    expect((await run('quantity', cut)).err).toMatch(/Expected whole gzip/);
    expect(await run('quantity', named)).toMatchObject({ code: 2 });
  });

  test('a file that is not there ends with 2', async () => {
    const { code, err } = await run('quantity', path.join(folder, 'none.jsonl'));
    expect([code, err]).toEqual([2, expect.stringContaining('ENOENT')]);
  });

  test('an unknown suite and an unknown option end with 2', async () => {
    const unknown = await run('quantities');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(
      /got "quantities" \(ERR_CONFORMANCE_SUITE\)\nUse one of quantity, /,
    );
    expect((await run('--nope')).code).toBe(2);
  });

  test('--help lists the suites and ends with 0', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(/Suites:\n {2}quantity /);
  });
});
