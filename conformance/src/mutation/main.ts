import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Output } from '../main.ts';
import { compareSurvivors } from './compare-survivors.ts';
import { findSurvivors } from './find-survivors.ts';
import type { Explanation, Mutant } from './mutant.ts';
import type { FileTally } from './tally-files.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXPLANATIONS = path.join(ROOT, 'conformance/explained-mutants.json');
const SOURCES = 'packages/hpa/src';

/** The calculators and normalisations, besides those of `metrics/`. */
const FILES = [
  'average-replicas',
  'combine-metrics',
  'external-total',
  'int32',
  'int64',
  'milli-value',
  'normalization',
  'per-pod-replicas',
  'per-pod-usage',
  'pod-grouping',
  'pod-level-request',
  'pod-requests',
  'pod-samples',
  'recommendations',
  'replica-limits',
  'scale-events',
  'scaling-policies',
  'stabilization-behavior',
  'stabilization-legacy',
  'tolerance',
  'value-replicas',
  'whole-seconds',
  'zero-replicas',
];

/**
 * The `mutation` command: `[FILES…]`, source files below `packages/hpa/src` without their ending.
 *
 * @returns The exit code: 0 when each change that no test noticed is explained, 1 when one is not, or an explanation is
 * for one that is not there.
 */
export async function main(names: readonly string[], { print }: Output): Promise<number> {
  const files = (names.length > 0 ? names : await allNames()).map(
    (name) => `${SOURCES}/${name}.ts`,
  );
  const { survivors, tallies } = await findSurvivors(ROOT, files);
  tallies.map(formatTally).forEach(print);
  const explanations = JSON.parse(await readFile(EXPLANATIONS, 'utf8')) as Explanation[];
  const { unexplained, stale } = compareSurvivors(survivors, explanations, files);
  unexplained.map(describe).forEach(print);
  stale.map((one) => `explained, but killed or gone: ${JSON.stringify(one)}`).forEach(print);
  const explained = survivors.length - unexplained.length;
  print(
    `${explained} explained survivors, ${unexplained.length} unexplained, ${stale.length} stale`,
  );
  return unexplained.length + stale.length === 0 ? 0 : 1;
}

async function allNames(): Promise<string[]> {
  const metrics = await readdir(path.join(ROOT, SOURCES, 'metrics'));
  return [...FILES, ...metrics.map((file) => `metrics/${path.basename(file, '.ts')}`)];
}

function formatTally({ file, tried, killed, left }: FileTally): string {
  const name = path.relative(SOURCES, file);
  return `${name}: ${tried} mutants, ${killed} killed, ${tried - killed} survived; ${left} of constants left out`;
}

function describe({ file, line, code, mutator, becomes }: Mutant): string {
  return `survived: ${file}:${line} ${mutator}\n  ${code}\n  ${becomes}`;
}
