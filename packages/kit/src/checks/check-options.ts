import { invalidOption, readOptions, type OptionReaders } from '../options/read-options.ts';
import { readNumber } from '../options/option-readers.ts';
import { BellowsError } from '@bellows/core';
import type { CheckOptions } from './check.ts';

/** A check's options with their defaults. */
export type NormalizedCheck = Readonly<Required<CheckOptions>>;

const OWNER = 'a check';

const READERS: OptionReaders<NormalizedCheck> = {
  intervalSeconds: readNumber({ min: 0.1, max: 3600, defaultValue: 10 }),
  timeoutSeconds: readNumber({ min: 0.01, max: 600, defaultValue: 5 }),
  maxAgeSeconds: readNumber({
    min: 0.11,
    max: 86_400,
    defaultValue: ({ intervalSeconds, timeoutSeconds }: NormalizedCheck) =>
      3 * (intervalSeconds + timeoutSeconds),
  }),
};

/** What a check's name may be: it is part of a path and of a query. */
const NAME = /^[\w.-]{1,64}$/;

/** Names that `/readyz` has of its own. */
const RESERVED_NAMES = ['ping', 'event-loop', 'started', 'shutdown', 'children', 'threads'];

/** @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came. */
export function normalizeCheckOptions(options: CheckOptions): NormalizedCheck {
  const normalized = readOptions(OWNER, READERS, options);
  const leastSeconds = normalized.intervalSeconds + normalized.timeoutSeconds;
  if (normalized.maxAgeSeconds > leastSeconds) return normalized;
  const expected = `above intervalSeconds + timeoutSeconds (${leastSeconds})`;
  throw invalidOption(OWNER, 'maxAgeSeconds', expected, normalized.maxAgeSeconds);
}

/** @throws BellowsError `ERR_KIT_OPTION` when it cannot be part of a path, or `/readyz` has such a check already. */
export function requireCheckName(name: unknown, taken: ReadonlySet<string>): string {
  if (
    typeof name === 'string' &&
    NAME.test(name) &&
    !RESERVED_NAMES.includes(name) &&
    !taken.has(name)
  ) {
    return name;
  }
  throw new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`name\` of a check to be 1 to 64 letters, digits, '_', '.' or '-', and free, got \`${String(name)}\``,
    { place: { field: 'name' }, remedy: `Taken are ${[...RESERVED_NAMES, ...taken].join(', ')}.` },
  );
}
