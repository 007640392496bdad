import { expect, test } from 'vitest';
import { isThenable } from '../src/is-thenable.ts';

test('promises of whatever library are to be waited for, and nothing else', () => {
  expect(isThenable(Promise.resolve())).toBe(true);
  expect(isThenable({ then: () => undefined })).toBe(true);
  for (const value of [undefined, null, 0, 'then', {}, { then: 1 }])
    expect(isThenable(value)).toBe(false);
});
