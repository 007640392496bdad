import { spawnSync } from 'node:child_process';
import { findGo } from '@bellows/e2e';

/** What the adapter's benchmark needs and this machine lacks; undefined: nothing. */
export function machineLacks(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux for the control plane';
  if (findGo() === undefined) return 'needs Go 1.26 or newer: https://go.dev/dl';
  const hasPrometheus =
    spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).error === undefined;
  return hasPrometheus ? undefined : 'needs Prometheus: apt-get install prometheus';
}
