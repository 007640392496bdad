import { BellowsError } from '@bellows/core';
import type { QueueOptions } from './queue.ts';

/** A queue's options with their defaults. */
export type QueueLimits = Readonly<Required<QueueOptions>>;

const MAX_NAME_LENGTH = 200;

/** @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came. */
export function normalizeQueueOptions(options: QueueOptions): QueueLimits {
  const { name, concurrency = 1, maxLength = 1000, maxWaitSeconds = 30 } = options;
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) {
    throw invalid('name', `a text of 1 to ${MAX_NAME_LENGTH} characters`, name);
  }
  requireWhole('concurrency', concurrency, { min: 1, max: 10_000 });
  requireWhole('maxLength', maxLength, { min: 0, max: 1_000_000 });
  const isWait = typeof maxWaitSeconds === 'number' && maxWaitSeconds > 0;
  if (!isWait || (maxWaitSeconds > 86_400 && maxWaitSeconds !== Infinity)) {
    throw invalid('maxWaitSeconds', 'above 0 and up to 86400, or Infinity', maxWaitSeconds);
  }
  return { name, concurrency, maxLength, maxWaitSeconds };
}

function requireWhole(
  option: string,
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return;
  throw invalid(option, `a whole number from ${min} to ${max}`, value);
}

function invalid(option: string, expected: string, got: unknown): BellowsError {
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`${option}\` of a queue to be ${expected}, got \`${String(got)}\` (${typeof got})`,
    { place: { field: option }, remedy: `Set ${option} to ${expected}.` },
  );
}
