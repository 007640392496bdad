import { compareAnswers } from '../compare-answers.ts';
import { formError } from '../form-error.ts';
import type { CheckResult, Suite } from '../suite.ts';
import { replay } from './hpa/replay.ts';
import type { Scenario } from './hpa/scenario.ts';

type Line = Readonly<Record<string, unknown>>;

/** The HorizontalPodAutoscaler controller, recorded in virtual time: see `vectors/hpa/README.md`. */
export const hpaSuite: Suite = {
  name: 'hpa',
  about: 'The HPA controller: whole reconciles, defaults and validation',
  files: ['hpa', 'hpa-found'],
  open: () => checkLine,
};

/** Compares every part of every tick; a scenario passes if all of them agree. */
function checkLine(line: Line): CheckResult {
  return replay(scenarioOf(line)).flatMap(({ at, expected, actual }) =>
    compareAnswers({ ...expected }, jsonOf(actual)).map((mismatch) => ({
      ...mismatch,
      field: `${String(line['name'])} at ${at} s: ${mismatch.field}`,
    })),
  );
}

/** The vectors are JSON, so what is undefined in our answer is absent there. */
function jsonOf(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

function scenarioOf(line: Line): Scenario {
  for (const key of ['name', 'profile', 'hpa', 'ticks']) {
    if (line[key] === undefined) throw formError(`a scenario with ${key}`, undefined);
  }
  return line as unknown as Scenario;
}
