import { readFileSync } from 'node:fs';

/** Process ids of all that a process has started, and that those have, as the kernel knows it now; Linux only. */
export function descendants(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text
      .split(' ')
      .map(Number)
      .filter((child) => child > 0);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
