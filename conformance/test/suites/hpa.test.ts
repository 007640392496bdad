import { describe, expect, test } from 'vitest';
import { ownCaseFiles } from '../../src/case-files.ts';
import { readCaseFile } from '../../src/read-case-file.ts';
import { runSuite } from '../../src/run-suite.ts';
import { replay } from '../../src/suites/hpa/replay.ts';
import type { Scenario } from '../../src/suites/hpa/scenario.ts';
import { hpaSuite } from '../../src/suites/hpa.ts';

/** What `vectors/hpa-found` adds. */
const FOUND = { scenarios: 3, reconciles: 3 };

describe('the hpa suite', () => {
  test('agrees with all 2507 scenarios of the recorded controller, and with what the search found', async () => {
    const mismatches: string[] = [];
    const tally = await runSuite(hpaSuite, await ownCaseFiles(hpaSuite), (line) => {
      mismatches.push(line);
    });
    expect(mismatches.slice(0, 20)).toEqual([]);
    expect(tally).toEqual({ passed: 2507 + FOUND.scenarios, failed: 0 });
  });

  test('compares every one of their 10039 reconciles', async () => {
    let reconciles = 0;
    for (const file of await ownCaseFiles(hpaSuite)) {
      for (const { value } of await readCaseFile(file)) {
        const comparisons = replay(value as unknown as Scenario);
        reconciles += comparisons.filter(({ actual }) => 'scaleWrite' in actual).length;
      }
    }
    expect(reconciles).toBe(10_039 + FOUND.reconciles);
  });

  test('names scenario, time and field of an answer that differs', async () => {
    const [file] = await ownCaseFiles(hpaSuite);
    const [first] = await readCaseFile(file!);
    const scenario = structuredClone(first!.value) as unknown as {
      name: string;
      ticks: { expect: { scaleWrite: number | null } }[];
    };
    scenario.ticks[0]!.expect.scaleWrite = 77;
    const mismatches = hpaSuite.open('')(scenario);
    expect(mismatches).toEqual([
      {
        field: `${scenario.name} at 0 s: scaleWrite`,
        expected: '77',
        got: expect.any(String) as string,
      },
    ]);
  });

  test('refuses a line that is no scenario', () => {
    expect(() => hpaSuite.open('')({ k: 'parse', in: '1' })).toThrow(/a scenario with name/);
  });
});
