import { expect, test } from 'vitest';
import { validateContainerResourceName } from '../../src/validation/validate-resource-name.ts';

test.each([
  'cpu',
  'memory',
  'ephemeral-storage',
  'hugepages-2Mi',
  'example.com/gpu',
  'kubernetes.io/x',
])('lets %s pass', (name) => {
  expect(validateContainerResourceName('name', name)).toEqual([]);
});

test.each([
  [
    'gpu',
    [
      'must be a standard resource type or fully qualified',
      'must be a standard resource for containers',
    ],
  ],
  ['pods', ['must be a standard resource for containers']],
  ['requests.example.com/gpu', ["doesn't follow extended resource name standard"]],
])('%s: %j', (name, details) => {
  const messages = validateContainerResourceName('name', name).map(({ message }) => message);
  expect(messages).toEqual(details.map((detail) => `Invalid value: "${name}": ${detail}`));
});

test.each([
  ['', 'name part must be non-empty'],
  ['a b', 'name part must consist of alphanumeric characters'],
  ['x'.repeat(64), 'name part must be no more than 63 bytes'],
  ['/x', 'prefix part must be non-empty'],
  ['A/x', 'prefix part a lowercase RFC 1123 subdomain'],
  [`${'a.'.repeat(130)}a/x`, 'prefix part must be no more than 253 bytes'],
  ['a/b/c', 'a valid label key must consist of alphanumeric characters'],
])('says what is wrong with the form of %j', (name, detail) => {
  const messages = validateContainerResourceName('name', name).map(({ message }) => message);
  expect(messages.some((message) => message.includes(detail))).toBe(true);
});
