import { describe, expect, test } from 'vitest';
import { ownCaseFiles } from '../src/case-files.ts';
import { runSuite } from '../src/run-suite.ts';
import { SUITES } from '../src/suites.ts';

describe("the repository's own recorded answers", () => {
  test.each(SUITES.map((suite) => [suite.name, suite] as const))(
    'suite %s agrees with every case',
    async (_name, suite) => {
      const printed: string[] = [];
      const tally = await runSuite(suite, await ownCaseFiles(suite), (line) => printed.push(line));
      expect(printed).toEqual([]);
      expect(tally.failed).toBe(0);
      expect(tally.passed).toBeGreaterThan(50);
    },
    120_000,
  );
});

test('suites have names of their own', () => {
  expect(new Set(SUITES.map(({ name }) => name)).size).toBe(SUITES.length);
});
