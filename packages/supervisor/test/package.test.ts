import { expect, test } from 'vitest';
import * as supervisor from '../src/index.ts';

test('@bellows/supervisor exports exactly what is listed here', () => {
  expect(Object.keys(supervisor).toSorted()).toEqual([
    'MAX_SYNC_PERIOD_SECONDS',
    'createSupervisor',
    'runningSupervisorPid',
    'serviceEnvironment',
  ]);
});
