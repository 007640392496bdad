import { expect, test } from 'vitest';
import { environmentName } from '../../src/options/environment-name.ts';
import { misspeltVariables } from '../../src/options/misspelt-variables.ts';
import { OPTION_NAMES } from '../../src/options/normalize-options.ts';

test.each([
  ['BELLOWS_ADMN_PORT', 'BELLOWS_ADMIN_PORT'],
  ['BELLOWS_DRAIN_DELAY', 'BELLOWS_DRAIN_DELAY_SECONDS'],
  ['bellows_drain_token', 'BELLOWS_DRAIN_TOKEN'],
  ['BELLOWS_IN_FLIGHT_TIMEOUT_SECOND', 'BELLOWS_IN_FLIGHT_TIMEOUT_SECONDS'],
])('%s was meant for %s', (name, meant) => {
  expect(misspeltVariables({ [name]: 'a secret' })).toEqual([
    `the environment variable ${name} is no option of the kit and changes nothing; did you mean ${meant}?`,
  ]);
});

test('one that is near no option is said without a guess', () => {
  expect(misspeltVariables({ BELLOWS_COLOUR: 'red' })).toEqual([
    'the environment variable BELLOWS_COLOUR is no option of the kit and changes nothing',
  ]);
});

test('says nothing of options, of what `bellows up` sets, of Services and of other programs', () => {
  const names = [...OPTION_NAMES.map(environmentName), 'BELLOWS_POD_IP', 'BELLOWS_POD_UID'];
  const links = ['BELLOWS_SERVICE_HOST', 'BELLOWS_SERVICE_PORT', 'BELLOWS_SHOP_PORT_80_TCP_ADDR'];
  const others = ['PATH', 'MYBELLOWS_ADMN_PORT'];
  const environment = Object.fromEntries([...names, ...links, ...others].map((name) => [name, '']));
  expect(misspeltVariables(environment)).toEqual([]);
});

test('says ten at most', () => {
  const many = Array.from({ length: 1000 }, (_, index) => [`BELLOWS_${index}X`, '']);
  expect(misspeltVariables(Object.fromEntries(many) as Record<string, string>)).toHaveLength(10);
});
