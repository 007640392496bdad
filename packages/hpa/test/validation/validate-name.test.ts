import { expect, test } from 'vitest';
import { validateDnsLabel, validatePathSegment } from '../../src/validation/validate-name.ts';

const messages = (problems: readonly { message: string }[]) =>
  problems.map(({ message }) => message);

test.each([
  ['web', []],
  ['', ['Required value: must specify a metric name']],
  [undefined, ['Required value: must specify a metric name']],
  ['.', ['Invalid value: ".": may not be \'.\'']],
  ['..', ['Invalid value: "..": may not be \'..\'']],
  [
    'a/b%',
    [
      'Invalid value: "a/b%": may not contain \'/\'',
      'Invalid value: "a/b%": may not contain \'%\'',
    ],
  ],
  [7, ['Invalid value: 7: must be a string']],
])('%j as a path segment gives %j', (name, expected) => {
  expect(messages(validatePathSegment('name', name, 'must specify a metric name'))).toEqual(
    expected,
  );
});

test('knows DNS labels', () => {
  expect(validateDnsLabel('c', 'app-1')).toEqual([]);
  expect(messages(validateDnsLabel('c', 'app.1'))).toEqual([
    'Invalid value: "app.1": must not contain dots',
  ]);
  expect(messages(validateDnsLabel('c', 'a'.repeat(64)))[0]).toMatch(
    /must be no more than 63 characters$/,
  );
  expect(messages(validateDnsLabel('c', 'App'))[0]).toMatch(
    /^Invalid value: "App": a lowercase RFC 1123 label/,
  );
});
