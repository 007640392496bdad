import { BellowsError, parseGoDuration } from '@bellows/core';
import { MAX_SYNC_PERIOD_SECONDS } from '@bellows/supervisor';
import { InvalidArgumentError } from 'commander';

const NANOSECONDS_A_SECOND = 1e9;

/**
 * A span of time from the command line, in seconds: a Go duration as Kubernetes' flags take it (`15s`,
 * `1m30s`, `500ms`), or a bare number of seconds.
 *
 * @throws InvalidArgumentError when it is neither, or not above 0.
 */
export function parseSpanSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : durationSeconds(text);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new InvalidArgumentError('Expected a time above 0.');
}

/**
 * As {@link parseSpanSeconds}, up to the longest sync period there can be.
 *
 * @throws InvalidArgumentError when it is longer.
 */
export function parseSyncPeriodSeconds(text: string): number {
  const seconds = parseSpanSeconds(text);
  if (seconds <= MAX_SYNC_PERIOD_SECONDS) return seconds;
  throw new InvalidArgumentError(`Expected at most ${MAX_SYNC_PERIOD_SECONDS / 3600}h.`);
}

/** As {@link parseSpanSeconds}, in milliseconds, and 0 is allowed. */
export function parseDelayMs(text: string): number {
  return /^0+(ns|us|µs|ms|s|m|h)?$/.test(text) ? 0 : parseSpanSeconds(text) * 1000;
}

/** A whole number from `least` to `most`. @returns A parser that throws InvalidArgumentError. */
export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/**
 * A ratio such as `0.1`, from 0 to 1.
 *
 * @throws InvalidArgumentError when it is none.
 */
export function parseRatio(text: string): number {
  const ratio = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}

/** Adds a value to those an option was given before. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function durationSeconds(text: string): number {
  try {
    return Number(parseGoDuration(text)) / NANOSECONDS_A_SECOND;
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    throw new InvalidArgumentError('Expected a time such as 90s, 500ms or 1m30s.');
  }
}
