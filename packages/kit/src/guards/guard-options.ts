import { readOptions, type OptionReaders } from '../options/read-options.ts';
import { readNumber, readWaitSeconds, readName } from '../options/option-readers.ts';
import type { ClientGuardOptions } from './guard.ts';

/** A guard's options with their defaults. */
export type NormalizedGuard = Readonly<Required<ClientGuardOptions>> & { readonly name: string };

const OWNER = 'a guard';
/** Uses at once of what has no size of its own. */
const DEFAULT_CONCURRENCY = 100;

/**
 * @param poolSize - Its connections; undefined when it has no size of its own.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came.
 */
export function normalizeGuardOptions(
  name: string,
  options: ClientGuardOptions,
  poolSize?: number,
): NormalizedGuard {
  const readers: OptionReaders<NormalizedGuard> = {
    name: readName(),
    concurrency: readNumber({
      min: 1,
      max: 10_000,
      isInteger: true,
      defaultValue: poolSize ?? DEFAULT_CONCURRENCY,
    }),
    maxLength: readNumber({
      min: 0,
      max: 100_000,
      isInteger: true,
      defaultValue: ({ concurrency }: NormalizedGuard) => 10 * concurrency,
    }),
    maxWaitSeconds: readWaitSeconds(5),
    timeoutSeconds: readWaitSeconds(30),
  };
  return readOptions(OWNER, readers, { ...options, name });
}
