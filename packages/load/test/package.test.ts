import { expect, test } from 'vitest';
import * as load from '../src/index.ts';

test('the package exports these names', () => {
  expect(Object.keys(load).sort()).toEqual([
    'CLIENT_PERIOD_SECONDS',
    'DEFAULT_MAX_CONNECTIONS',
    'DEFAULT_REQUESTS_PER_CONNECTION',
    'DEFAULT_TIMEOUT_MS',
    'createLoad',
    'defaultDurationSeconds',
    'parseLoadOption',
    'parseLoadProfile',
    'parseRequestTemplate',
    'rateAt',
  ]);
});
