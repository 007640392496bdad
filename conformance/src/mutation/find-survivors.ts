import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import type { Mutant } from './mutant.ts';
import { tallyFiles, type FileTally } from './tally-files.ts';

type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

/** What a run found. */
export interface Findings {
  /** Changes that no test noticed, those that no test came by included. */
  readonly survivors: readonly Mutant[];
  /** For each file, in the order of the files given. */
  readonly tallies: readonly FileTally[];
}

/** A mutant whose tests take longer than this, and three times what they took before, is taken for one that hangs. */
const TIMEOUT_MS = 40_000;

/**
 * Changes source files in all ways that Stryker knows, one at a time in a copy, and runs the HPA's tests and recorded
 * scenarios on each change that they come by.
 *
 * @param root - The repository's root; also the working directory.
 * @param files - Source files from there.
 */
export async function findSurvivors(root: string, files: readonly string[]): Promise<Findings> {
  const found = await new Stryker({
    mutate: [...files],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'conformance/test/mutation/hpa.vitest.ts', related: false },
    coverageAnalysis: 'perTest',
    // A module's constants are made once for all tests of a run, which share their modules to be quick.
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: TIMEOUT_MS,
    timeoutFactor: 3,
    reporters: ['progress'],
    tempDirName: path.join(tmpdir(), 'bellows-mutation'),
    // The copy needs what the HPA's tests import, by its sources; tsconfigs refer to what is left out.
    ignorePatterns: [
      '**',
      '!package.json',
      '!packages',
      '!packages/core/**',
      '!packages/hpa/**',
      '!internal/**',
      '!conformance/**',
      '**/dist/**',
      '**/tsconfig*.json',
      'conformance/oracle/**',
    ],
  }).runMutationTest();
  const lines = new Map<string, readonly string[]>();
  for (const file of files) {
    lines.set(file, (await readFile(path.join(root, file), 'utf8')).split('\n'));
  }
  const results = found.map(({ fileName, ...rest }) => ({
    ...rest,
    fileName: path.relative(root, path.resolve(root, fileName)),
  }));
  return { survivors: survivorsAmong(results, lines), tallies: tallyFiles(files, results) };
}

function survivorsAmong(results: Results, lines: ReadonlyMap<string, readonly string[]>): Mutant[] {
  return results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location, mutatorName, replacement }) => {
      const { start, end } = location;
      const first = lines.get(fileName)?.[start.line - 1] ?? '';
      const last = lines.get(fileName)?.[end.line - 1] ?? '';
      return {
        file: fileName,
        line: start.line,
        code: first.trim(),
        mutator: mutatorName,
        becomes:
          `${first.slice(0, start.column - 1)}${replacement}${last.slice(end.column - 1)}`.trim(),
      };
    });
}
