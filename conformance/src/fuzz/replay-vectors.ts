import { isDeepStrictEqual } from 'node:util';
import { readCaseFile } from '../read-case-file.ts';
import type { Scenario, Tick } from '../suites/hpa/scenario.ts';
import type { Oracle } from './oracle.ts';
import type { AnsweredLine } from './question.ts';

/** How many recorded scenarios the oracle gives the recorded answers for. */
export interface ReplayResult {
  readonly agreed: number;
  readonly scenarios: number;
}

/**
 * Proves the oracle: asks it recorded scenarios without what they expect, and compares.
 *
 * @param files - Files of the form of `vectors/hpa`.
 * @param print - Gets a line for each scenario in which they differ.
 */
export async function replayVectors(
  oracle: Oracle,
  files: readonly string[],
  print: (line: string) => void,
): Promise<ReplayResult> {
  let agreed = 0;
  let scenarios = 0;
  for (const file of files) {
    for (const { line, value } of await readCaseFile(file)) {
      const difference = differenceBetween(value, await oracle.ask(withoutAnswers(value)));
      scenarios += 1;
      if (difference === undefined) agreed += 1;
      else print(`${file}:${line} ${String(value['name'])}: ${difference}`);
    }
  }
  return { agreed, scenarios };
}

function withoutAnswers(recorded: AnsweredLine): object {
  const scenario = recorded as unknown as Scenario;
  const ticks = scenario.ticks.map((tick) => ({ ...tick, expect: undefined }));
  return { ...scenario, ticks, finalMemory: undefined };
}

/** Where two lines differ, once each says everything; undefined if they do not. */
function differenceBetween(recorded: AnsweredLine, answered: AnsweredLine): string | undefined {
  const [expected, got] = [complete(recorded), complete(answered)];
  const index = expected.findIndex((part, place) => !isDeepStrictEqual(part, got[place]));
  if (index < 0) return undefined;
  return `expected ${JSON.stringify(expected[index])}, got ${JSON.stringify(got[index])}`;
}

/** The parts of a line with nothing left out: specs, what was done in each tick, and the memory at the end. */
function complete(line: AnsweredLine): readonly unknown[] {
  const { hpa, ticks, finalMemory } = line as unknown as Scenario;
  const done: Tick['expect'][] = [];
  for (const { expect } of ticks) done.push(completeTick(expect, done.at(-1)));
  const lists = Object.entries(finalMemory).map(([name, list]) => [name, list ?? []] as const);
  return [hpa, ticks.map((tick) => tick.hpa ?? null), ...done, new Map(lists)];
}

function completeTick(expect: Tick['expect'], before: Tick['expect'] | undefined): Tick['expect'] {
  const status = expect.status ?? before?.status;
  const conditions = (expect.conditions ?? before?.conditions ?? []).map((condition) =>
    typeof condition === 'string'
      ? (before?.conditions?.find((one) => typeof one === 'object' && one.type === condition) ??
        condition)
      : condition,
  );
  return { ...expect, ...(status && { status }), conditions };
}
