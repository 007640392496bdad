import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '../source/source.ts';

/** Longest wait, in milliseconds: a source whose server is down says so to who asks. */
const DEADLINE_MS = 10_000;
/** Sources tell nobody when they become ready. */
const LOOK_MS = 50;

/** Resolves when all are ready, after ten seconds, or when it is called off. */
export async function untilReady(sources: readonly Source[], signal: AbortSignal): Promise<void> {
  for (let waitedMs = 0; waitedMs < DEADLINE_MS && !signal.aborted; waitedMs += LOOK_MS) {
    if (sources.every((source) => source.isReady())) return;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}
