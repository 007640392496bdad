import { waitUntil } from './wait-until.ts';

/** What a test file must not leave behind: listeners, connections and children that keep the process up. */
const WATCHED = ['TCPServerWrap', 'TCPSocketWrap', 'PipeServerWrap', 'ProcessWrap'];
/** Closing takes a moment: a socket ends after the answer that a test awaited. */
const GRACE_MS = 5_000;

/** How many of each watched kind keep this process up now. */
export function watchedResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/**
 * Resolves when there are no more watched resources than `before` held.
 *
 * @throws Error naming the kinds that are left over after five seconds.
 */
export async function expectNoLeaks(before: ReadonlyMap<string, number>): Promise<void> {
  const leaks = (): string[] =>
    [...watchedResources()]
      .filter(([kind, count]) => count > (before.get(kind) ?? 0))
      .map(([kind, count]) => `${count - (before.get(kind) ?? 0)} × ${kind}`);
  await waitUntil('no leaks', () => leaks().length === 0, { timeoutMs: GRACE_MS }).catch(() => {
    throw new Error(`left open at the end of the file: ${leaks().join(', ')}`);
  });
}
