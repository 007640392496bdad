import { expect, test } from 'vitest';
import { observedDurationMs, observedTimeMs } from '../src/observed-time.ts';

test('cuts a time to whole seconds and leaves a length of time as it is', () => {
  expect(observedTimeMs(1999, 'start')).toBe(1000);
  expect(observedDurationMs(1999, 'window')).toBe(1999);
});

test.each([Number.NaN, Infinity, -Infinity])('refuses %d and says what it was to be', (value) => {
  const refusal = { code: 'ERR_HPA_OBSERVATION', place: { field: 'start' } };
  expect(() => observedTimeMs(value, 'start')).toThrow(expect.objectContaining(refusal));
});
