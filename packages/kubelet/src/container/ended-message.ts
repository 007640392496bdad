import { constants } from 'node:os';
import { relative } from 'node:path';
import { tellingLine } from '../output/telling-line.ts';

const SIGNAL_BASE = 128;

/** How a container ended, in one line: its code, the line of its output that tells most, and where all of it is. */
export function endedMessage(
  container: string,
  end: { readonly exitCode: number; readonly lastLines: string; readonly logPath: string },
): string {
  const line = tellingLine(end.lastLines);
  // Without output there may be no file to look into.
  const output = line === '' ? '' : `: ${line} (${relative('', end.logPath)})`;
  return `container ${container} ended with code ${exitCodeText(end.exitCode)}${output}`;
}

/** `3`, or `137 (SIGKILL)`: a shell's code for a signal. */
function exitCodeText(exitCode: number): string {
  const signal = Object.entries(constants.signals).find(
    ([, number]) => exitCode === SIGNAL_BASE + number,
  );
  return signal === undefined ? String(exitCode) : `${exitCode} (${signal[0]})`;
}
