import type { ExitCode } from '../exit-code.ts';
import { createOutput } from '../output/create-output.ts';
import type { Notice, Output } from '../output/output.ts';
import { openReportFile, type ReportFile } from '../report/report-file.ts';
import { listenForStopRequests } from '../terminal/stop-requests.ts';
import { planRun } from './plan-run.ts';
import type { RunPlan } from './run-plan.ts';
import { runPlan } from './run.ts';
import type { UpOptions } from './up-options.ts';

/**
 * `bellows up`: everything that can be wrong with arguments, manifests, profile and report is found before
 * anything is started.
 *
 * @returns The exit code of the run; that of a request to stop when it came before the run.
 */
export async function up(options: UpOptions): Promise<ExitCode> {
  // The screen gives the terminal back when the process exits, and the guardian ends the pods.
  const stopRequests = listenForStopRequests(process.stdout, (exitCode) => process.exit(exitCode));
  try {
    const output = createOutput(options.output, process.stdout);
    // Manifests on standard input may never come to an end.
    const prepared = await Promise.race([prepare(options, output), stopRequests.first]);
    if ('exitCode' in prepared) return prepared.exitCode;
    const { plan, reportFile } = prepared;
    return await runPlan(plan, { output, stopRequests, reportFile });
  } finally {
    stopRequests.stop();
  }
}

/** What a run needs before it starts. */
interface PreparedRun {
  readonly plan: RunPlan;
  readonly reportFile: ReportFile | undefined;
}

async function prepare(options: UpOptions, output: Output): Promise<PreparedRun> {
  // What was assumed matters only for a run that begins: before an error it would bury it.
  const assumed: Notice[] = [];
  const plan = await planRun(options, (notice) => {
    if (notice.level === 'info') assumed.push(notice);
    else output.notice(notice);
  });
  for (const notice of assumed) output.notice(notice);
  const { report } = options;
  return { plan, reportFile: report === undefined ? undefined : await openReportFile(report) };
}
