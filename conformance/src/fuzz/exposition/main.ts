import { BellowsError } from '@bellows/core';
import { Command, CommanderError } from 'commander';
import type { Output } from '../../main.ts';
import { newSeed, positiveNumber, wholeNumber } from '../option-values.ts';
import {
  buildExpositionOracle,
  findGo,
  startExpositionOracle,
  type ExpositionOracle,
} from './exposition-oracle.ts';
import { searchPages } from './search-pages.ts';

const MAX_FINDINGS = 10;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly go: boolean;
}

/**
 * The `conformance:fuzz-exposition` command: searches for pages that Bellows does not read as it must.
 *
 * @param words - The words after the program's name.
 * @returns The exit code: 0 when nothing was found, 1 when something was, 2 for wrong usage or without a reader to
 * compare with.
 */
export async function main(words: readonly string[], output: Output): Promise<number> {
  let code = 0;
  const command = createCommand(output).action(async (options: Options) => {
    code = await run(options, output);
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
  return new Command('conformance:fuzz-exposition')
    .description(
      "Searches for expositions that Bellows does not read as Prometheus' own reader does, or not the same in every way.",
    )
    .option('--minutes <number>', 'how long to search', positiveNumber, 1)
    .option('--seed <number>', 'where to begin; printed', wholeNumber, newSeed())
    .option('--no-go', "compare Bellows' ways of reading with each other only")
    .addHelpText('after', '\nExit code: 0 nothing found, 1 a finding, 2 wrong usage or no Go.')
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

async function run({ minutes, seed, go }: Options, { print }: Output): Promise<number> {
  const oracle: ExpositionOracle | undefined = go
    ? startExpositionOracle(buildExpositionOracle(findGo()))
    : undefined;
  print(`seed ${seed}, ${minutes} min`);
  try {
    const { pages, findings } = await searchPages({
      oracle,
      seed,
      durationMs: minutes * 60_000,
      maxFindings: MAX_FINDINGS,
      onFinding: ({ format, page, mismatches }) => {
        print(`${format} ${JSON.stringify(Buffer.from(page).toString('latin1'))}`);
        for (const { field, expected, got } of mismatches) {
          print(`  ${field}: expected ${expected}, got ${got}`);
        }
      },
    });
    const compared =
      oracle === undefined ? 'not compared with Prometheus' : 'compared with Prometheus';
    print(`${pages} pages, ${compared}, ${findings} findings`);
    return findings === 0 ? 0 : 1;
  } finally {
    await oracle?.stop();
  }
}
