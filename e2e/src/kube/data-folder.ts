import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'bellows-kube-';
const OWNER = 'owner';

/** Makes a folder for a control plane's data, and removes those whose processes were killed before they could. */
export function makeDataFolder(parent: string = tmpdir()): string {
  for (const name of readdirSync(parent)) {
    if (name.startsWith(PREFIX)) removeIfLeft(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(folder, OWNER), String(process.pid));
  return folder;
}

function removeIfLeft(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, OWNER), 'utf8'));
    if (!isAlive(pid)) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another one's folder, or one that is being made or removed right now.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
