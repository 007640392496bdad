import { expect, test } from 'vitest';
import { environmentName } from '../../src/options/environment-name.ts';

test.each([
  ['adminPort', 'BELLOWS_ADMIN_PORT'],
  ['drainDelaySeconds', 'BELLOWS_DRAIN_DELAY_SECONDS'],
  ['signals', 'BELLOWS_SIGNALS'],
])('%s is %s', (option, name) => {
  expect(environmentName(option)).toBe(name);
});
