import { mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';

/** So many log files stay, the newest; of earlier runs and of pods that are gone. */
export const MAX_LOG_FILES = 100;

/**
 * Creates the folder for logs.
 *
 * @throws BellowsError `ERR_KUBELET_STATE_DIRECTORY` when it cannot be made.
 */
export async function createLogFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BellowsError('ERR_KUBELET_STATE_DIRECTORY', `cannot create ${folder}: ${reason}`, {
      place: { file: folder },
      remedy: 'Make room, or run Bellows in a folder it may write to.',
      cause,
    });
  }
}

/** Path of a container's log; names are the API server's, which hold neither `/` nor `_`. */
export function logPath(folder: string, pod: string, container: string): string {
  return join(folder, `${pod}_${container}.log`.replaceAll('/', '-'));
}

/**
 * Removes the oldest logs beyond {@link MAX_LOG_FILES}, but never one that `isLive`. A file that cannot
 * be removed stays: logs must not stop the pods.
 */
export async function removeOldLogs(
  folder: string,
  isLive: (file: string) => boolean,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => /\.log(\.1)?$/.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        return {
          path,
          modifiedMs: await stat(path).then(
            (found) => found.mtimeMs,
            () => 0,
          ),
        };
      }),
  );
  const oldestFirst = files.sort((a, b) => a.modifiedMs - b.modifiedMs);
  const extra = oldestFirst.slice(0, Math.max(0, files.length - MAX_LOG_FILES));
  const removable = extra.filter(({ path }) => !isLive(path.replace(/\.1$/, '')));
  await Promise.all(removable.map(({ path }) => unlink(path).catch(() => undefined)));
}
