import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runSuite } from '../src/run-suite.ts';
import type { CheckLine, Suite } from '../src/suite.ts';

let file: string;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bellows-conformance-'));
  file = path.join(folder, 'cases.jsonl');
  await writeFile(file, '{"n":1}\n{"n":2}\n');
});
afterEach(async () => {
  await rm(path.dirname(file), { recursive: true });
});

function suiteOf(open: () => CheckLine): Suite {
  return { name: 'numbers', about: 'numbers', files: [], open };
}

describe('runSuite', () => {
  test('opens the suite once for each file and passes lines in order', async () => {
    const seen: unknown[] = [];
    const suite = suiteOf(() => {
      seen.push('open');
      return (line) => {
        seen.push(line['n']);
        return [];
      };
    });
    await runSuite(suite, [file, file], () => undefined);
    expect(seen).toEqual(['open', 1, 2, 'open', 1, 2]);
  });

  test('does not count header lines', async () => {
    const suite = suiteOf(() => (line) => (line['n'] === 1 ? 'no case' : []));
    expect(await runSuite(suite, [file], () => undefined)).toEqual({ passed: 1, failed: 0 });
  });

  test('an error in the code under test is a failed case', async () => {
    const printed: string[] = [];
    const suite = suiteOf(() => () => {
      throw new RangeError('too deep');
    });
    expect(await runSuite(suite, [file], (line) => printed.push(line))).toEqual({
      passed: 0,
      failed: 2,
    });
    expect(printed[1]).toBe('  error: expected an answer, got RangeError: too deep');
  });
});
