import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { normalizeOptions, OPTION_NAMES } from '../../src/options/normalize-options.ts';

describe('normalizeOptions', () => {
  test.each([null, 5, 'x'])('refuses %j for options', (given) => {
    expect(() => normalizeOptions(given as never, {})).toThrow(
      expect.objectContaining({ code: 'ERR_KIT_OPTION' }),
    );
  });

  test('gives each option its default', () => {
    expect(normalizeOptions({}, {})).toEqual({
      adminPort: 9400,
      adminHost: '',
      adminWorker: true,
      livenessStallSeconds: 30,
      readinessStallSeconds: 5,
      readinessWhileDraining: 'fail',
      drainDelaySeconds: 5,
      drainQuietSeconds: 0.5,
      drainDelayMaxSeconds: 10,
      inFlightTimeoutSeconds: 10,
      abortGraceSeconds: 1,
      webSocketCloseCode: 1001,
      closerTimeoutSeconds: 5,
      keepAliveTimeoutSeconds: 65,
      collectIntervalSeconds: 5,
      requestTimeoutSeconds: Infinity,
      maxTasks: 1000,
      maxReplicas: 1,
      maxSeriesPerMetric: 1000,
      signals: ['SIGTERM', 'SIGINT'],
      exitOnSignal: false,
      terminationGracePeriodSeconds: 30,
      preStopSeconds: 0,
      drainToken: '',
      uncaughtErrors: 'leave',
    });
  });

  test('takes the code before the environment and the environment before the default', () => {
    const environment = { BELLOWS_ADMIN_PORT: '1', BELLOWS_DRAIN_DELAY_SECONDS: '0.25' };
    expect(normalizeOptions({ adminPort: 2 }, environment)).toMatchObject({
      adminPort: 2,
      drainDelaySeconds: 0.25,
      drainDelayMaxSeconds: 5.25,
    });
    expect(normalizeOptions({ adminPort: undefined } as never, environment).adminPort).toBe(1);
    expect(normalizeOptions({}, { BELLOWS_ADMIN_PORT: '' }).adminPort).toBe(9400);
  });

  test('reads each kind of option from text', () => {
    const environment = {
      BELLOWS_ADMIN_WORKER: 'false',
      BELLOWS_EXIT_ON_SIGNAL: '1',
      BELLOWS_READINESS_WHILE_DRAINING: 'keep',
      BELLOWS_SIGNALS: 'SIGTERM, SIGHUP,SIGTERM',
    };
    expect(normalizeOptions({}, environment)).toMatchObject({
      adminWorker: false,
      exitOnSignal: true,
      readinessWhileDraining: 'keep',
      signals: ['SIGTERM', 'SIGHUP'],
    });
  });

  test("listens at the pod's address unless told otherwise", () => {
    const environment = { BELLOWS_POD_IP: '127.1.2.3' };
    expect(normalizeOptions({}, environment).adminHost).toBe('127.1.2.3');
    expect(normalizeOptions({}, { ...environment, BELLOWS_ADMIN_HOST: '::1' }).adminHost).toBe(
      '::1',
    );
    expect(normalizeOptions({ adminHost: '' }, environment).adminHost).toBe('');
  });

  test.each([
    ['adminPort', 65_536, 'a whole number from 0 to 65535'],
    ['adminPort', 80.5, 'a whole number'],
    ['adminPort', Number.NaN, 'a whole number'],
    ['adminHost', 5, 'an address'],
    ['adminWorker', 'yes', 'true or false'],
    ['drainDelaySeconds', -1, 'a number from 0 to 3600'],
    ['drainDelaySeconds', '5s', 'a number from 0 to 3600'],
    ['readinessWhileDraining', 'maybe', `'fail' or 'keep'`],
    ['signals', ['SIGKILL'], 'signals that can be caught'],
    ['signals', 'TERM', 'signals that can be caught'],
    ['maxSeriesPerMetric', 0, 'from 1'],
  ])('refuses %s %j and says what it may be', (name, value, expected) => {
    const attempt = (): unknown => normalizeOptions({ [name]: value }, {});
    expect(attempt).toThrow(`Expected \`${name}\` of the kit to be`);
    expect(attempt).toThrow(expected);
  });

  test('names the variable when the bad value came from there', () => {
    expect(() => normalizeOptions({}, { BELLOWS_ADMIN_PORT: 'http' })).toThrow(
      'Expected `BELLOWS_ADMIN_PORT` to be a whole number from 0 to 65535, got `http` (string)',
    );
  });

  test('refuses an option it does not know and a longest delay below the delay', () => {
    expect(() => normalizeOptions({ adminport: 1 } as never, {})).toThrow(
      /got `adminport`; its options are/,
    );
    expect(() => normalizeOptions({ drainDelaySeconds: 5, drainDelayMaxSeconds: 4 }, {})).toThrow(
      /at least drainDelaySeconds \(5\)/,
    );
  });

  test('throws nothing but its own error, whatever it is given', () => {
    const values = fc.dictionary(fc.constantFrom(...OPTION_NAMES), fc.anything());
    fc.assert(
      fc.property(values, (options) => {
        try {
          normalizeOptions(options, {});
        } catch (error) {
          expect(BellowsError.is(error) && error.code).toBe('ERR_KIT_OPTION');
        }
      }),
    );
  });
});
