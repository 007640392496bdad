import { BellowsError, formatPlace } from '@bellows/core';
import { Command, CommanderError } from 'commander';
import { ownCaseFiles } from './case-files.ts';
import { runSuite } from './run-suite.ts';
import { SUITES } from './suites.ts';

/** Where the runner writes to. */
export interface Output {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/**
 * The `conformance` command: `[SUITE] [FILES…]`.
 *
 * @param words - The words after the program's name.
 * @returns The exit code: 0 when every case agrees, 1 when one does not, 2 for wrong usage or a file that
 * cannot be read.
 */
export async function main(words: readonly string[], output: Output): Promise<number> {
  let code = 0;
  const command = createCommand(output).action(
    async (name: string | undefined, files: string[]) => {
      code = await run(name, files, output);
    },
  );
  try {
    await command.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!BellowsError.is(error)) throw error;
    output.printError(describeError(error));
    return 2;
  }
  return code;
}

function createCommand(output: Output): Command {
  const list = SUITES.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`).join('\n');
  return new Command('conformance')
    .description("Compares Bellows with recorded answers of Kubernetes' and Prometheus' own code.")
    .argument('[suite]', 'suite to run; all suites if none is given')
    .argument(
      '[files...]',
      "files of the suite's form, plain or gzip; the repository's own if none is given",
    )
    .addHelpText(
      'after',
      `\nSuites:\n${list}\n\nExit code: 0 all agree, 1 a mismatch, 2 wrong usage or file.`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.print(text.trimEnd());
      },
      writeErr: (text) => {
        output.printError(text.trimEnd());
      },
    });
}

async function run(name: string | undefined, files: string[], output: Output): Promise<number> {
  const chosen = name === undefined ? SUITES : SUITES.filter((suite) => suite.name === name);
  if (chosen.length === 0) {
    throw new BellowsError(
      'ERR_CONFORMANCE_SUITE',
      `Expected the name of a suite, got ${JSON.stringify(name)}`,
      {
        remedy: `Use one of ${SUITES.map((suite) => suite.name).join(', ')}.`,
      },
    );
  }
  let passed = 0;
  let failed = 0;
  for (const suite of chosen) {
    const tally = await runSuite(
      suite,
      files.length > 0 ? files : await ownCaseFiles(suite),
      output.print,
    );
    passed += tally.passed;
    failed += tally.failed;
    if (chosen.length > 1)
      output.print(`${suite.name}: ${tally.passed} passed, ${tally.failed} failed`);
  }
  output.print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function describeError(error: BellowsError): string {
  const place = error.place === undefined ? '' : `${formatPlace(error.place)}: `;
  const remedy = error.remedy === undefined ? '' : `\n${error.remedy}`;
  return `${place}${error.message} (${error.code})${remedy}`;
}
