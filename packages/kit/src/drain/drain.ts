import { BellowsError } from '@bellows/core';
import type { HttpServerTracker } from '../http/http-server-tracker.ts';
import type { DrainableQueue } from '../queue/bounded-queue.ts';
import { Bell } from './bell.ts';

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
  readonly servers: readonly HttpServerTracker[];
  readonly queues: readonly DrainableQueue[];
  /** Rung when a request, a connection or an item has ended. */
  readonly changes: Bell;
  /** Aborts when somebody is in a hurry: what does not end at once is cut. */
  readonly hurry: AbortSignal;
}

/** How the work ended. */
export interface DrainCount {
  readonly drained: number;
  readonly aborted: number;
}

/**
 * Drains servers and queues:
 * 1. every answer says `Connection: close`, while the listeners stay open: others may not know yet;
 * 2. the listeners close when the delay is over and nothing new has come for a while, or at the latest;
 * 3. what is under way ends; idle connections are served if they still ask, then ended;
 * 4. what did not end in time gets its AbortSignal and, soon after, is cut and counted.
 */
export async function runDrain(subjects: DrainSubjects, times: DrainTimes): Promise<DrainCount> {
  const { servers, hurry } = subjects;
  const endedBefore = countEnded(subjects);
  for (const server of servers) server.startDraining();
  if (servers.length > 0) await waitForQuiet(subjects, times);
  for (const server of servers) server.stopListening();
  const isDone = await waitForEnd(subjects, times.inFlightTimeoutMs, hurry);
  const aborted = isDone ? 0 : await abort(subjects, times.abortGraceMs);
  for (const server of servers) server.destroy();
  return { drained: countEnded(subjects) - endedBefore, aborted };
}

/** Waits for the delay and until nothing new has come for the quiet time, at most for the longest delay. */
async function waitForQuiet({ servers, hurry }: DrainSubjects, times: DrainTimes): Promise<void> {
  const startMs = performance.now();
  const latestMs = startMs + times.delayMaxMs;
  const bell = new Bell();
  for (;;) {
    const lastArrivalMs = Math.max(...servers.map((server) => server.lastArrivalMs));
    const wantedMs = Math.max(startMs + times.delayMs, lastArrivalMs + times.quietMs);
    const leftMs = Math.min(wantedMs, latestMs) - performance.now();
    if (leftMs <= 0 || hurry.aborted) return;
    await bell.wait(leftMs, hurry);
  }
}

/** @returns whether everything has ended in time. */
async function waitForEnd(
  subjects: DrainSubjects,
  timeoutMs: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const nextLookMs = endIdleConnections(subjects);
    if (isAtRest(subjects)) {
      // In the same turn: an item that came between the look and the refusal would outlive the drain.
      for (const queue of subjects.queues) queue.refuse();
      return true;
    }
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0 || hurry?.aborted === true) return false;
    await subjects.changes.wait(Math.min(leftMs, nextLookMs ?? Infinity), hurry);
  }
}

async function abort(subjects: DrainSubjects, graceMs: number): Promise<number> {
  const reason = new BellowsError('ERR_KIT_DRAINING', 'The time for the drain is up', {
    remedy: 'Give the request to another replica.',
  });
  for (const server of subjects.servers) server.abortRequests(reason);
  for (const queue of subjects.queues) queue.abort();
  await waitForEnd(subjects, graceMs);
  const cutRequests = sum(subjects.servers.map((server) => server.destroy()));
  const cutItems = sum(subjects.queues.map((queue) => queue.abandon()));
  return cutRequests + cutItems;
}

function endIdleConnections({ servers }: DrainSubjects): number | undefined {
  const looks = servers
    .map((server) => server.endIdleConnections())
    .filter((lookMs) => lookMs !== undefined);
  return looks.length === 0 ? undefined : Math.min(...looks);
}

function isAtRest({ servers, queues }: DrainSubjects): boolean {
  return (
    servers.every((server) => server.connections === 0) &&
    queues.every((queue) => queue.pending === 0)
  );
}

function countEnded({ servers, queues }: DrainSubjects): number {
  return sum([...servers, ...queues].map(({ ended }) => ended));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
