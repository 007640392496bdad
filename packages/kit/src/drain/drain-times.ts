import type { NormalizedOptions } from '../options/normalize-options.ts';
import type { DrainTimes } from './drain.ts';

/** What a process needs besides its drain to be gone: the kubelet's own work and the exit. */
export const END_MARGIN_MS = 2_000;

/** The times of a drain as the options give them. */
export function drainTimesOf(options: NormalizedOptions): DrainTimes {
  return {
    delayMs: options.drainDelaySeconds * 1000,
    quietMs: options.drainQuietSeconds * 1000,
    delayMaxMs: options.drainDelayMaxSeconds * 1000,
    inFlightTimeoutMs: options.inFlightTimeoutSeconds * 1000,
    abortGraceMs: options.abortGraceSeconds * 1000,
  };
}

/** Longest time that a drain takes before its closers, in milliseconds. */
export function workBudgetMs({ delayMaxMs, inFlightTimeoutMs, abortGraceMs }: DrainTimes): number {
  return delayMaxMs + inFlightTimeoutMs + abortGraceMs;
}
