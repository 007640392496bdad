import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 250;

/** Looks again and again until something is so, and resolves with whether it has become so within the time. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const endMs = Date.now() + withinMs;
  while (Date.now() < endMs) {
    if (await isSo()) return true;
    await sleep(LOOK_MS);
  }
  return false;
}
