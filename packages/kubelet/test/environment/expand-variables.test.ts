import { expect, test } from 'vitest';
import fc from 'fast-check';
import { expandVariables } from '../../src/environment/expand-variables.ts';

const variables = new Map([
  ['VAR_A', 'A'],
  ['VAR_B', 'B'],
  ['VAR_REF', '$(VAR_A)'],
  ['VAR_EMPTY', ''],
]);

// From kubernetes/kubernetes v1.37.2 third_party/forked/golang/expansion/expand_test.go
test.each([
  ['$(VAR_A)', 'A'],
  ['___$(VAR_B)___', '___B___'],
  ['$(VAR_A)-1', 'A-1'],
  ['$(VAR_A)_$(VAR_B)', 'A_B'],
  ['f000-$VAR_A', 'f000-$VAR_A'],
  ['$$(VAR_B)_$(VAR_A)', '$(VAR_B)_A'],
  ['$$$(VAR_A)', '$A'],
  ['$$$$(VAR_A)', '$$(VAR_A)'],
  ['$$$$$(VAR_A)', '$$A'],
  ['$(VAR_REF)', '$(VAR_A)'],
  ['foo\\$(VAR_A)', 'foo\\A'],
  ['$(VAR_EMPTY)', ''],
  ['foo$(VAR_Awhoops!', 'foo$(VAR_Awhoops!'],
  ['foo$$(VAR_A)', 'foo$(VAR_A)'],
  ['$VAR_A', '$VAR_A'],
  ['$(VAR_Z)', '$(VAR_Z)'],
  ['$()', '$()'],
  ['$', '$'],
  ['foo$', 'foo$'],
  ['$$', '$'],
])('%s becomes %s', (text, expected) => {
  expect(expandVariables(text, variables)).toBe(expected);
});

test('leaves text without a dollar sign alone', () => {
  const plain = fc.string().filter((text) => !text.includes('$'));
  fc.assert(fc.property(plain, (text) => expandVariables(text, variables) === text));
});
