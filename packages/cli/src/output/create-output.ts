import { BellowsError } from '@bellows/core';
import { createScreen } from '../terminal/screen.ts';
import type { OutputForm } from '../up/up-options.ts';
import { createJsonOutput } from './json-output.ts';
import { createLineWriter } from './line-writer.ts';
import { createLiveOutput } from './live-output.ts';
import type { Output } from './output.ts';
import { createPlainOutput } from './plain-output.ts';

/**
 * Creates the output that was asked for; when none was, live in a terminal that can show it, else plain.
 * Colour is used where the terminal has it and NO_COLOR is not set.
 *
 * @throws BellowsError `ERR_CLI_USAGE` for `live` where there is no terminal.
 */
export function createOutput(form: OutputForm | undefined, stdout: NodeJS.WriteStream): Output {
  const isTerminal = stdout.isTTY && process.env['TERM'] !== 'dumb';
  const color = isTerminal && stdout.hasColors();
  switch (form ?? (isTerminal ? 'live' : 'plain')) {
    case 'live':
      if (isTerminal) return createLiveOutput(createScreen(stdout), color);
      throw new BellowsError(
        'ERR_CLI_USAGE',
        'Expected standard output to be a terminal for --output live, and it is not',
        { remedy: 'Use --output plain or --output json' },
      );
    case 'plain':
      return createPlainOutput(createLineWriter(stdout), color);
    case 'json':
      return createJsonOutput(createLineWriter(stdout));
  }
}
