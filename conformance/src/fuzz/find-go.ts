import { spawnSync } from 'node:child_process';
import { BellowsError } from '@bellows/core';

/** Oldest Go that has `testing/synctest` and builds Kubernetes v1.37. */
const MIN_GO = { major: 1, minor: 26 };

/** Where Go is looked for: on the path, then where its own installer puts it. */
const PLACES = ['go', '/usr/local/go/bin/go'];

/**
 * Finds a Go that can build the oracle.
 *
 * @param places - Commands to try, in this order.
 * @returns The command to run it with.
 * @throws {@link BellowsError} `ERR_CONFORMANCE_ORACLE` when there is none, or only an older one.
 */
export function findGo(places: readonly string[] = PLACES): string {
  let older: string | undefined;
  for (const command of places) {
    const { stdout, error } = spawnSync(command, ['env', 'GOVERSION'], { encoding: 'utf8' });
    if (error !== undefined) continue;
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
    if (major === undefined) continue;
    if (Number(major) > MIN_GO.major || Number(minor) >= MIN_GO.minor) return command;
    older = stdout.trim();
  }
  throw new BellowsError(
    'ERR_CONFORMANCE_ORACLE',
    `Expected Go ${MIN_GO.major}.${MIN_GO.minor} or newer, which runs Kubernetes' own controller to compare with, got ${older ?? 'none'}`,
    { remedy: 'Install Go from https://go.dev/dl/ and put its bin folder on the PATH.' },
  );
}
