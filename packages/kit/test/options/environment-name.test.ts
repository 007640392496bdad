import { expect, test } from 'vitest';
import { environmentName } from '../../src/options/environment-name.ts';
import {
  normalizeOptions,
  OPTION_NAMES,
  type NormalizedOptions,
} from '../../src/options/normalize-options.ts';

test.each([
  ['adminPort', 'BELLOWS_ADMIN_PORT'],
  ['drainDelaySeconds', 'BELLOWS_DRAIN_DELAY_SECONDS'],
  ['signals', 'BELLOWS_SIGNALS'],
])('%s is given as %s', (option, variable) => {
  expect(environmentName(option)).toBe(variable);
});

/** A text for each option that is not its default, and the value it stands for. */
const GIVEN: {
  readonly [Name in keyof NormalizedOptions]: readonly [string, NormalizedOptions[Name]];
} = {
  adminPort: ['9500', 9500],
  adminHost: ['127.0.0.1', '127.0.0.1'],
  adminWorker: ['false', false],
  livenessStallSeconds: ['40', 40],
  readinessStallSeconds: ['4', 4],
  readinessWhileDraining: ['keep', 'keep'],
  drainDelaySeconds: ['7', 7],
  drainQuietSeconds: ['0.25', 0.25],
  drainDelayMaxSeconds: ['20', 20],
  inFlightTimeoutSeconds: ['12', 12],
  abortGraceSeconds: ['2', 2],
  webSocketCloseCode: ['1012', 1012],
  closerTimeoutSeconds: ['6', 6],
  keepAliveTimeoutSeconds: ['355', 355],
  collectIntervalSeconds: ['8', 8],
  requestTimeoutSeconds: ['9', 9],
  maxTasks: ['10', 10],
  maxReplicas: ['11', 11],
  maxSeriesPerMetric: ['13', 13],
  signals: ['SIGHUP,SIGTERM', ['SIGHUP', 'SIGTERM']],
  exitOnSignal: ['true', true],
  terminationGracePeriodSeconds: ['60', 60],
  preStopSeconds: ['3', 3],
  drainToken: ['a-token', 'a-token'],
  uncaughtErrors: ['drain', 'drain'],
};

test('every option can be given as a variable of the environment', () => {
  const environment = Object.fromEntries(
    OPTION_NAMES.map((name) => [environmentName(name), GIVEN[name][0]]),
  );
  const expected = Object.fromEntries(OPTION_NAMES.map((name) => [name, GIVEN[name][1]]));
  expect(normalizeOptions({}, environment)).toEqual(expected);
});

test.each(OPTION_NAMES)('%s may be left empty, which is not giving it', (name) => {
  const { [name]: value } = normalizeOptions({}, { [environmentName(name)]: '' });
  expect(value).toEqual(normalizeOptions({}, {})[name]);
});
