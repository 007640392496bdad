export { EXIT_CODE, type ExitCode } from './exit-code.ts';
export { runCli } from './run-cli.ts';
export type { PodEntry } from './account/pod-ledger.ts';
export type { ReplicaFigures } from './account/replica-meter.ts';
export type { ReportedScaleEvent, RunReport, Verdict } from './report/run-report.ts';
