import { open, writeFile } from 'node:fs/promises';
import { BellowsError } from '@bellows/core';
import type { RunReport } from './run-report.ts';

/** The file that `--report` names. */
export interface ReportFile {
  /** Writes the report over what the file holds. @throws BellowsError `ERR_CLI_REPORT` when it cannot. */
  write(report: RunReport): Promise<void>;
}

/**
 * Makes sure before a run that its report can be written at its end: the file can be opened for writing, and
 * what an earlier run left in it stays until then.
 *
 * @throws BellowsError `ERR_CLI_REPORT`, as rejection, when it cannot.
 */
export async function openReportFile(file: string): Promise<ReportFile> {
  try {
    const handle = await open(file, 'a');
    await handle.close();
  } catch (cause) {
    throw reportError(file, cause);
  }
  return {
    async write(report) {
      try {
        await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
      } catch (cause) {
        throw reportError(file, cause);
      }
    },
  };
}

function reportError(file: string, cause: unknown): BellowsError {
  const { message } = cause as Error;
  return new BellowsError('ERR_CLI_REPORT', `The report cannot be written: ${message}`, {
    place: { file },
    remedy: 'Give --report a file in a folder that exists and can be written to',
    cause,
  });
}
