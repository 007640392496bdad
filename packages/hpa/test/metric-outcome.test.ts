import { expect, test } from 'vitest';
import { fail, succeed } from '../src/metric-outcome.ts';

test('an outcome is a value or the text of an error', () => {
  expect(succeed(1)).toEqual({ ok: true, value: 1 });
  expect(fail('gone')).toEqual({ ok: false, error: 'gone' });
});
