import { FakeClock } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { PolledValue } from '../../src/polled/polled-value.ts';

const words = (value: PolledValue, nowMs: number): string => {
  const read = value.read(nowMs);
  return read.kind === 'value' ? `${read.value.toString()} at ${read.atMs}` : read.reason;
};

test('a value is held up to its age, then missing with the reason, never 0', () => {
  const clock = new FakeClock(1_000);
  const value = new PolledValue(500);
  expect(words(value, clock.now())).toBe('it has not been asked for yet');
  value.take({ kind: 'value', value: 2.5 }, clock.now());
  expect(words(value, clock.now())).toBe('2500m at 1000');
  value.take({ kind: 'problem', problem: 'nobody is there' }, clock.advanceMs(500));
  expect(words(value, clock.now())).toBe('2500m at 1000');
  expect(words(value, clock.advanceMs(1))).toBe('nobody is there');
  expect(value.state('a')).toEqual({ part: 'a', problem: 'nobody is there', lastSuccessMs: 1_000 });
  value.take({ kind: 'value', value: 0 }, clock.now());
  expect(words(value, clock.now())).toBe('0 at 1501');
  expect(words(value, clock.advanceMs(501))).toBe('its last value is too old');
});

test.each([Number.NaN, Infinity, -Infinity])(
  '%d is a problem, and the last value is held',
  (odd) => {
    const value = new PolledValue(500);
    value.take({ kind: 'value', value: odd }, 1_000);
    expect(words(value, 1_000)).toBe(`the value is ${odd}`);
    value.take({ kind: 'value', value: 1 }, 1_000);
    value.take({ kind: 'value', value: odd }, 1_100);
    expect(words(value, 1_100)).toBe('1 at 1000');
    expect(value.problem).toBe(`the value is ${odd}`);
  },
);
