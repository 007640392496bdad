import { readOptions, type OptionReaders } from '../options/read-options.ts';
import { readNumber, readWaitSeconds, type Reader, readName } from '../options/option-readers.ts';
import type { LimitOptions } from './limit.ts';

/** A limit's options with their defaults. */
export type NormalizedLimit = Readonly<Required<LimitOptions>>;

/** An adaptive limit's concurrency before it has seen any latency. */
export const INITIAL_CONCURRENCY = 20;

const OWNER = 'a limit';
const MAX_CONCURRENCY = 10_000;

const READERS: OptionReaders<NormalizedLimit> = {
  name: readName(),
  concurrency: readConcurrency(),
  minConcurrency: readNumber({ min: 1, max: MAX_CONCURRENCY, isInteger: true, defaultValue: 4 }),
  maxConcurrency: readNumber({
    min: 1,
    max: MAX_CONCURRENCY,
    isInteger: true,
    defaultValue: ({ minConcurrency }: NormalizedLimit) => Math.max(200, minConcurrency),
  }),
  maxLength: readNumber({
    min: 0,
    max: 100_000,
    isInteger: true,
    defaultValue: (before: NormalizedLimit) => 2 * initialConcurrency(before),
  }),
  maxWaitSeconds: readWaitSeconds(1),
  timeoutSeconds: readWaitSeconds(Infinity),
};

/** @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came. */
export function normalizeLimitOptions(options: LimitOptions): NormalizedLimit {
  return readOptions(OWNER, READERS, options);
}

/** How much may run at once at first. */
export function initialConcurrency({
  concurrency,
  minConcurrency,
  maxConcurrency,
}: NormalizedLimit): number {
  if (concurrency !== 'adaptive') return concurrency;
  return Math.max(minConcurrency, Math.min(maxConcurrency, INITIAL_CONCURRENCY));
}

function readConcurrency(): Reader<number | 'adaptive', NormalizedLimit> {
  const number = readNumber({
    min: 1,
    max: MAX_CONCURRENCY,
    isInteger: true,
    defaultValue: INITIAL_CONCURRENCY,
  });
  return {
    expected: `${number.expected}, or 'adaptive'`,
    read: (value) => (value === 'adaptive' ? value : number.read(value)),
    defaultValue: 'adaptive',
  };
}
