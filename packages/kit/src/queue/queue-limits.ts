import { readOptions, type OptionReaders } from '../options/read-options.ts';
import {
  readNumber,
  readOptionalFunction,
  readWaitSeconds,
  readName,
} from '../options/option-readers.ts';
import type { QueueOptions } from './queue.ts';

/** A queue's options with their defaults. */
export type QueueLimits<T = unknown> = Readonly<Required<Omit<QueueOptions<T>, 'fetch'>>> & {
  readonly fetch: QueueOptions<T>['fetch'] | undefined;
};

const OWNER = 'a queue';

const READERS: OptionReaders<QueueLimits> = {
  name: readName(),
  concurrency: readNumber({ min: 1, max: 10_000, isInteger: true, defaultValue: 1 }),
  maxLength: readNumber({ min: 0, max: 1_000_000, isInteger: true, defaultValue: 1000 }),
  maxWaitSeconds: readWaitSeconds(30),
  fetch: readOptionalFunction(),
};

/** @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came. */
export function normalizeQueueOptions<T>(options: QueueOptions<T>): QueueLimits<T> {
  return readOptions(OWNER, READERS, options) as QueueLimits<T>;
}
