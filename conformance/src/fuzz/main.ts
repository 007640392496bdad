import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BellowsError } from '@bellows/core';
import { Command, CommanderError } from 'commander';
import { ownCaseFiles } from '../case-files.ts';
import type { Output } from '../main.ts';
import { hpaSuite } from '../suites/hpa.ts';
import { findGo } from './find-go.ts';
import { newSeed, positiveNumber, wholeNumber } from './option-values.ts';
import { buildOracle, createOracle, type Oracle } from './oracle.ts';
import { replayVectors } from './replay-vectors.ts';
import { search, type Finding } from './search.ts';

/** Findings after which a search ends: more of them are rarely more news. */
const MAX_FINDINGS = 10;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly keep?: string;
  readonly replay?: true;
}

/** What {@link main} takes from outside. */
export interface Environment {
  /** Gives an oracle that is ready; fails with `ERR_CONFORMANCE_ORACLE`. @defaultValue built with the Go that is found */
  readonly prepareOracle?: (print: (line: string) => void) => Oracle;
}

/**
 * The `conformance:fuzz` command: searches for scenarios in which Bellows and Kubernetes' own controller disagree.
 *
 * @param words - The words after the program's name.
 * @returns The exit code: 0 when nothing was found, 1 when something was, 2 for wrong usage or without an oracle.
 */
export async function main(
  words: readonly string[],
  output: Output,
  { prepareOracle = prepareOwnOracle }: Environment = {},
): Promise<number> {
  let code = 0;
  const command = createCommand(output).action(async (files: string[], options: Options) => {
    const oracle = prepareOracle(output.printError);
    try {
      code =
        options.replay === true
          ? await runReplay(oracle, files, output)
          : await runSearch(oracle, options, output);
    } finally {
      oracle.stop();
    }
  });
  try {
    await command.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!BellowsError.is(error)) throw error;
    output.printError([error.message, error.remedy ?? ''].join('\n').trimEnd());
    return 2;
  }
  return code;
}

function createCommand({ print, printError }: Output): Command {
  return new Command('conformance:fuzz')
    .description(
      "Searches for scenarios in which Bellows and Kubernetes' own HPA controller disagree.",
    )
    .argument('[files...]', 'with --replay: files to replay; the recorded vectors if none is given')
    .option('--minutes <number>', 'how long to search', positiveNumber, 5)
    .option(
      '--seed <number>',
      'where to begin; printed so that a search can be repeated',
      wholeNumber,
      newSeed(),
    )
    .option(
      '--keep <folder>',
      'write what is found to found.jsonl there, in the form of the vectors',
    )
    .option('--replay', 'do not search: prove the oracle on recorded scenarios')
    .addHelpText(
      'after',
      '\nExit code: 0 no disagreement, 1 a disagreement, 2 wrong usage or no Go.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        print(text.trimEnd());
      },
      writeErr: (text) => {
        printError(text.trimEnd());
      },
    });
}

function prepareOwnOracle(print: (line: string) => void): Oracle {
  const go = findGo();
  print('Building the oracle (minutes the first time) …');
  return createOracle(buildOracle(go));
}

async function runReplay(oracle: Oracle, files: string[], { print }: Output): Promise<number> {
  const chosen = files.length > 0 ? files : await ownCaseFiles(hpaSuite);
  const { agreed, scenarios } = await replayVectors(oracle, chosen, print);
  print(`${agreed} / ${scenarios} agreed`);
  return agreed === scenarios ? 0 : 1;
}

async function runSearch(oracle: Oracle, options: Options, { print }: Output): Promise<number> {
  const { minutes, seed, keep } = options;
  print(`seed ${seed}, ${minutes} min`);
  const { scenarios, ticks, findings } = await search({
    oracle,
    seed,
    durationMs: minutes * 60_000,
    maxFindings: MAX_FINDINGS,
    onFinding: (finding) => {
      describe(finding).forEach(print);
    },
  });
  if (keep !== undefined && findings.length > 0)
    print(`kept in ${await keepFindings(keep, findings)}`);
  print(`${scenarios} scenarios, ${ticks} reconciles, ${findings.length} disagreements`);
  return findings.length === 0 ? 0 : 1;
}

function describe({ seed, line, mismatches }: Finding): string[] {
  return [
    `disagreement (seed ${seed}): ${JSON.stringify(line)}`,
    ...mismatches.map(({ field, expected, got }) => `  ${field}: expected ${expected}, got ${got}`),
  ];
}

/** Writes findings as vectors; one that the oracle could not play is none. */
async function keepFindings(folder: string, findings: readonly Finding[]): Promise<string> {
  const file = path.join(folder, 'found.jsonl');
  const lines = findings
    .filter(({ line }) => line['finalMemory'] !== undefined)
    .map(({ seed, line }) => `${JSON.stringify({ ...line, name: `found/${seed}`, seed })}\n`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, lines, { flag: 'a' });
  return file;
}
