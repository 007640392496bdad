import cluster from 'node:cluster';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** Time that a child gives its primary to make the folder: it is made right after the fork. */
const LOOKS = 5;
const LOOK_INTERVAL_MS = 60;

/** Where the children of a cluster's primary serve their state, each at a socket named after its process. */
export function memberFolderOf(primaryPid: number): string {
  return join(tmpdir(), `bellows-${process.getuid?.() ?? 0}-${primaryPid}`);
}

/** Makes the folder, for nobody else to enter. @returns a function that removes it. @throws Error of node:fs. */
export function makeMemberFolder(): () => void {
  const folder = memberFolderOf(process.pid);
  // One of a process that had the same number and was killed.
  if (isOurs(folder)) rmSync(folder, { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}

/** The socket of this process in its primary's folder; undefined when it has no primary with a kit. */
export async function findMemberSocket(): Promise<string | undefined> {
  if (!isMainThread || !cluster.isWorker) return undefined;
  const folder = memberFolderOf(process.ppid);
  for (let look = 0; look < LOOKS; look += 1) {
    if (isOurs(folder)) return join(folder, `${process.pid}.sock`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
  return undefined;
}

/** Somebody else's folder of that name is not trusted. */
function isOurs(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}
