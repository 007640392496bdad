import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { findGo } from '../../src/fuzz/find-go.ts';
import { main } from '../../src/fuzz/main.ts';
import type { Oracle } from '../../src/fuzz/oracle.ts';
import { checkAnswer } from '../../src/fuzz/check-answer.ts';
import { answeringOracle } from './answer-by-bellows.ts';

const SHORT = ['--minutes', '0.00001', '--seed', '7'];
const differing = answeringOracle((result) => ({ ...result, error: 'other words' }));

async function run(oracle: () => Oracle, ...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const output = {
    print: (line: string) => out.push(line),
    printError: (line: string) => err.push(line),
  };
  const code = await main(words, output, { prepareOracle: oracle });
  return { code, out, err: err.join('\n') };
}

describe('the conformance:fuzz command', () => {
  test('says without Go what to install', async () => {
    const { code, err } = await run(() => {
      findGo(['no-such-go']);
      return differing;
    });
    expect(code).toBe(2);
    expect(err).toContain('Expected Go 1.26 or newer');
    expect(err).toContain('Install Go from https://go.dev/dl/');
  });

  test('ends well where nothing is found, and says the seed', async () => {
    const { code, out } = await run(() => answeringOracle(), ...SHORT);
    expect(code).toBe(0);
    expect(out[0]).toBe('seed 7, 0.00001 min');
    expect(out.at(-1)).toMatch(/^200 scenarios, \d+ reconciles, 0 disagreements$/);
  });

  test('prints a disagreement with its scenario and keeps it as a vector', async () => {
    await using folder = await temporaryDirectory();
    const kept = path.join(folder.path, 'new');
    const { code, out } = await run(() => differing, ...SHORT, '--keep', kept);
    expect(code).toBe(1);
    expect(out[1]).toMatch(/^disagreement \(seed 7\): \{/);
    expect(out[2]).toMatch(/error: expected "other words", got /);
    const line = JSON.parse(await readFile(path.join(kept, 'found.jsonl'), 'utf8')) as object;
    expect(line).toMatchObject({ name: 'found/7', seed: 7, family: 'found' });
    expect(checkAnswer(line as Record<string, unknown>)).not.toEqual([]);
  });

  test('replays recorded scenarios', async () => {
    const file = path.resolve(import.meta.dirname, '../../vectors/hpa-found/found.jsonl');
    const agreeing = await run(() => answeringOracle(), '--replay', file);
    expect(agreeing).toEqual({ code: 0, out: ['3 / 3 agreed'], err: '' });
    const { code, out } = await run(() => differing, '--replay', file);
    expect(code).toBe(1);
    expect(out.at(-1)).toBe('1 / 3 agreed');
  });

  test.each([['--minutes', '0'], ['--seed', 'x'], ['--no-such-option']])(
    'refuses %s %s',
    async (...words) => {
      const { code } = await run(() => differing, ...words);
      expect(code).toBe(2);
    },
  );
});
