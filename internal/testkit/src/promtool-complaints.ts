import { spawnSync } from 'node:child_process';

/**
 * What `promtool check metrics` says against a page of metrics.
 *
 * @returns One complaint a line; empty where it accepts the page.
 * @throws Error when promtool cannot be run: ask `machineHas('prometheus')` first.
 */
export function promtoolComplaints(page: string): string {
  const { stdout, stderr, status, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `status ${String(status)}`;
}
