import type { KitOptions } from './kit-options.ts';
import {
  readBoolean,
  readChoice,
  readNumber,
  readNumericChoice,
  readSignals,
  readWaitSeconds,
  type Environment,
} from './option-readers.ts';
import { invalidOption, readOptions, type OptionReaders } from './read-options.ts';

/** All options with their values; `log` stays apart. */
export type NormalizedOptions = Readonly<Required<Omit<KitOptions, 'log'>>>;

const OWNER = 'the kit';
const DEFAULT_QUIET_MAX_EXTRA_SECONDS = 5;

/** How each option is read, and what it is when nothing is given: in this order, since one may follow another. */
const READERS: OptionReaders<NormalizedOptions> = {
  adminPort: readNumber({ min: 0, max: 65_535, isInteger: true, defaultValue: 9400 }),
  adminHost: {
    expected: 'an address of this machine, or an empty text for all interfaces',
    read: (value) => (typeof value === 'string' && value.length <= 255 ? value : undefined),
    defaultValue: (_before, environment) => environment['BELLOWS_POD_IP'] ?? '',
  },
  adminWorker: readBoolean(true),
  livenessStallSeconds: readNumber({ min: 1, max: 3600, defaultValue: 30 }),
  readinessStallSeconds: readNumber({ min: 0.5, max: 3600, defaultValue: 5 }),
  readinessWhileDraining: readChoice(['fail', 'keep'], 'fail'),
  drainDelaySeconds: readNumber({ min: 0, max: 3600, defaultValue: 5 }),
  drainQuietSeconds: readNumber({ min: 0, max: 60, defaultValue: 0.5 }),
  drainDelayMaxSeconds: readNumber({
    min: 0,
    max: 7200,
    defaultValue: ({ drainDelaySeconds }: NormalizedOptions) =>
      drainDelaySeconds + DEFAULT_QUIET_MAX_EXTRA_SECONDS,
  }),
  inFlightTimeoutSeconds: readNumber({ min: 0, max: 86_400, defaultValue: 10 }),
  abortGraceSeconds: readNumber({ min: 0, max: 60, defaultValue: 1 }),
  webSocketCloseCode: readNumericChoice([1001, 1012], 1001),
  closerTimeoutSeconds: readNumber({ min: 0.1, max: 3600, defaultValue: 5 }),
  keepAliveTimeoutSeconds: readNumber({ min: 1, max: 3600, defaultValue: 65 }),
  collectIntervalSeconds: readNumber({ min: 0.1, max: 3600, defaultValue: 5 }),
  requestTimeoutSeconds: readWaitSeconds(Infinity),
  maxTasks: readNumber({ min: 1, max: 1_000_000, isInteger: true, defaultValue: 1000 }),
  maxReplicas: readNumber({ min: 1, max: 100_000, isInteger: true, defaultValue: 1 }),
  maxSeriesPerMetric: readNumber({ min: 1, max: 100_000, isInteger: true, defaultValue: 1000 }),
  signals: readSignals(['SIGTERM', 'SIGINT']),
  exitOnSignal: readBoolean(false),
  terminationGracePeriodSeconds: readNumber({ min: 1, max: 86_400, defaultValue: 30 }),
  preStopSeconds: readNumber({ min: 0, max: 3600, defaultValue: 0 }),
  drainToken: {
    expected: 'a text of up to 4096 characters that a header can hold',
    isSecret: true,
    read: (value) =>
      typeof value === 'string' && /^[\x21-\x7e]{0,4096}$/.test(value) ? value : undefined,
    defaultValue: '',
  },
  uncaughtErrors: readChoice(['leave', 'drain'], 'leave'),
};

/** Names of all options that an environment variable can give. */
export const OPTION_NAMES: readonly (keyof NormalizedOptions)[] = Object.keys(
  READERS,
) as (keyof NormalizedOptions)[];

/**
 * Takes each option from the code, else the environment, else its default.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, what is expected and what came.
 */
export function normalizeOptions(given: KitOptions, environment: Environment): NormalizedOptions {
  if (typeof (given as unknown) !== 'object' || (given as unknown) === null) {
    throw invalidOption(OWNER, 'options', 'an object of options', given);
  }
  const { log, ...options } = given;
  if (log !== undefined && typeof log !== 'function') {
    throw invalidOption(OWNER, 'log', 'a function', log);
  }
  const normalized = readOptions(OWNER, READERS, options, environment);
  const { drainDelaySeconds: least, drainDelayMaxSeconds: most } = normalized;
  if (most >= least) return normalized;
  throw invalidOption(OWNER, 'drainDelayMaxSeconds', `at least drainDelaySeconds (${least})`, most);
}
