import { BellowsError } from '@bellows/core';
import { environmentName } from './environment-name.ts';
import type { KitOptions } from './kit-options.ts';
import {
  readBoolean,
  readChoice,
  readNumber,
  readNumericChoice,
  readSignals,
  readWaitSeconds,
  type Environment,
  type Reader,
} from './option-readers.ts';

/** All options with their values; `log` stays apart. */
export type NormalizedOptions = Readonly<Required<Omit<KitOptions, 'log'>>>;

const DEFAULT_QUIET_MAX_EXTRA_SECONDS = 5;

/** How each option is read, and what it is when nothing is given: in this order, since one may follow another. */
const READERS: {
  readonly [Name in keyof NormalizedOptions]: Reader<NormalizedOptions[Name], NormalizedOptions>;
} = {
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
export function normalizeOptions(options: KitOptions, environment: Environment): NormalizedOptions {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(READERS, name) || name === 'log') continue;
    throw new BellowsError(
      'ERR_KIT_OPTION',
      `Expected an option of the kit, got \`${name}\`; its options are ${OPTION_NAMES.join(', ')}, log`,
      { place: { field: name }, remedy: `Remove ${name} or mend its spelling.` },
    );
  }
  const all: Record<string, unknown> = {};
  // Only the options before a name have values when its default asks for them, as READERS promises.
  const before = all as unknown as NormalizedOptions;
  for (const name of OPTION_NAMES) {
    all[name] = given(name, options, environment) ?? defaultOf(name, before, environment);
  }
  requireAtLeast('drainDelayMaxSeconds', before.drainDelayMaxSeconds, before.drainDelaySeconds);
  return before;
}

function given<Name extends keyof NormalizedOptions>(
  name: Name,
  options: KitOptions,
  environment: Environment,
): NormalizedOptions[Name] | undefined {
  const { read, expected, isSecret = false } = READERS[name];
  const variable = environmentName(name);
  const fromCode: unknown = options[name];
  const text = environment[variable];
  const raw = fromCode ?? (text === '' ? undefined : text);
  if (raw === undefined) return undefined;
  const value = read(raw);
  if (value !== undefined) return value;
  const source = fromCode === undefined ? variable : name;
  throw invalidOption(source, expected, isSecret ? 'a secret' : raw);
}

function defaultOf<Name extends keyof NormalizedOptions>(
  name: Name,
  before: NormalizedOptions,
  environment: Environment,
): NormalizedOptions[Name] {
  const { defaultValue } = READERS[name];
  return typeof defaultValue === 'function' ? defaultValue(before, environment) : defaultValue;
}

function requireAtLeast(name: keyof NormalizedOptions, value: number, least: number): void {
  if (value >= least) return;
  throw invalidOption(name, `at least drainDelaySeconds (${least})`, value);
}

function invalidOption(source: string, expected: string, got: unknown): BellowsError {
  const shown = typeof got === 'string' ? got : JSON.stringify(got);
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`${source}\` to be ${expected}, got \`${shown}\` (${typeof got})`,
    { place: { field: source }, remedy: `Set ${source} to ${expected}.` },
  );
}
