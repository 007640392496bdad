import type { ExitCode } from '../exit-code.ts';
import { createOutput } from '../output/create-output.ts';
import { openReportFile } from '../report/report-file.ts';
import { listenForStopRequests } from '../terminal/stop-requests.ts';
import { planRun } from './plan-run.ts';
import { runPlan } from './run.ts';
import type { UpOptions } from './up-options.ts';

/**
 * `bellows up`: everything that can be wrong with arguments, manifests, profile and report is found before
 * anything is started.
 *
 * @returns The exit code of the run.
 */
export async function up(options: UpOptions): Promise<ExitCode> {
  const stopRequests = listenForStopRequests(process.stdout);
  try {
    const output = createOutput(options.output, process.stdout);
    const plan = await planRun(options, (notice) => {
      output.notice(notice);
    });
    const { report } = options;
    const reportFile = report === undefined ? undefined : await openReportFile(report);
    return await runPlan(plan, { output, stopRequests, reportFile });
  } finally {
    stopRequests.stop();
  }
}
