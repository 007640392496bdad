import { Bell } from './bell.ts';
import type { Drainable } from './drainable.ts';
import type { Drainables } from './drainables.ts';
import { drainingError } from './draining-error.ts';

/** Times of a drain; its order is told at {@link runDrain}. */
export interface DrainTimes {
  readonly delayMs: number;
  readonly quietMs: number;
  readonly delayMaxMs: number;
  readonly inFlightTimeoutMs: number;
  readonly abortGraceMs: number;
}

/** What is drained. */
export interface DrainSubjects {
  readonly drainables: Drainables;
  /** Rung when a request, a connection or an item has ended. */
  readonly changes: Bell;
  /** Aborts when somebody is in a hurry: what does not end at once is cut. */
  readonly hurry: AbortSignal;
}

/** How the work ended. */
export interface DrainCount {
  /** Ended by themselves. */
  readonly drained: number;
  /** Cut when their time was up. */
  readonly aborted: number;
  /** Connections that were cut with a part of a request on them. */
  readonly lost: number;
  /** Refused during the drain, which their sender knows and can give to another replica. */
  readonly refused: number;
}

/**
 * Drains servers, queues and whatever else there is to drain:
 * 1. every answer says `Connection: close`, while the listeners stay open: others may not know yet;
 * 2. the listeners close when the delay is over and nothing new has come for a while, or at the latest;
 * 3. what is under way ends; idle connections are served if they still ask, then ended;
 * 4. what did not end in time gets its AbortSignal and, soon after, is cut and counted.
 */
export async function runDrain(subjects: DrainSubjects, times: DrainTimes): Promise<DrainCount> {
  const { drainables, hurry } = subjects;
  const endedBefore = countEnded(drainables);
  drainables.startDraining(times.delayMs);
  await waitForQuiet(subjects, times);
  for (const drainable of drainables) drainable.stopArrivals?.();
  const isDone = await waitForEnd(subjects, times.inFlightTimeoutMs, hurry);
  const aborted = isDone ? abandon(drainables) : await abort(subjects, times.abortGraceMs);
  return {
    drained: countEnded(drainables) - endedBefore,
    aborted,
    lost: sum([...drainables].map(({ lost = 0 }) => lost)),
    refused: sum([...drainables].map(({ refused = 0 }) => refused)),
  };
}

/** Waits for the delay and until nothing new has come for the quiet time, at most for the longest delay. */
async function waitForQuiet(
  { drainables, hurry }: DrainSubjects,
  times: DrainTimes,
): Promise<void> {
  const startMs = performance.now();
  const latestMs = startMs + times.delayMaxMs;
  const bell = new Bell();
  for (;;) {
    const arrivals = lastArrivals(drainables);
    // Nobody outside sends it anything: nobody has to learn that it leaves.
    if (arrivals.length === 0) return;
    const wantedMs = Math.max(startMs + times.delayMs, ...arrivals.map((ms) => ms + times.quietMs));
    const leftMs = Math.min(wantedMs, latestMs) - performance.now();
    if (leftMs <= 0 || hurry.aborted) return;
    await bell.wait(leftMs, hurry);
  }
}

function lastArrivals(drainables: Drainables): number[] {
  return [...drainables].flatMap(({ lastArrivalMs }) => lastArrivalMs ?? []);
}

/** @returns whether everything has ended in time. */
async function waitForEnd(
  { drainables, changes }: DrainSubjects,
  timeoutMs: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const nextLookMs = tidy(drainables);
    if (isAtRest(drainables)) {
      // In the same turn: an item that came between the look and the refusal would outlive the drain.
      for (const drainable of drainables) drainable.refuse?.();
      return true;
    }
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0 || hurry?.aborted === true) return false;
    await changes.wait(Math.min(leftMs, nextLookMs), hurry);
  }
}

async function abort(subjects: DrainSubjects, graceMs: number): Promise<number> {
  const reason = drainingError('The time for the drain is up');
  for (const drainable of subjects.drainables) drainable.abort(reason);
  await waitForEnd(subjects, graceMs);
  return abandon(subjects.drainables);
}

function abandon(drainables: Drainables): number {
  return sum([...drainables].map((drainable) => drainable.abandon()));
}

/** @returns milliseconds until the next look; Infinity when nothing is to be ended. */
function tidy(drainables: Drainables): number {
  return Math.min(...[...drainables].map((drainable) => drainable.tidy?.() ?? Infinity));
}

function isAtRest(drainables: Iterable<Drainable>): boolean {
  return [...drainables].every(({ pending }) => pending === 0);
}

function countEnded(drainables: Iterable<Drainable>): number {
  return sum([...drainables].map(({ ended }) => ended));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
