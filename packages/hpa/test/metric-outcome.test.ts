import { expect, test } from 'vitest';
import { fail, prefixed, succeed } from '../src/metric-outcome.ts';

test('an outcome is a value or the text of an error', () => {
  expect(succeed(1)).toEqual({ ok: true, value: 1 });
  expect(fail('gone')).toEqual({ ok: false, error: 'gone', cause: 'gone' });
});

test('a failure that is passed on keeps what it began with', () => {
  expect(prefixed('unable to ask', prefixed('unable to look', fail('a: b')))).toEqual({
    ok: false,
    error: 'unable to ask: unable to look: a: b',
    cause: 'a: b',
  });
});
