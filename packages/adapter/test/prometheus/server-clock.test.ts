import { FakeClock } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { ServerClock } from '../../src/prometheus/server-clock.ts';

test('asks by the clock of the other, once it is known and as far off as no answer takes', () => {
  const clock = new FakeClock();
  const theirs = new ServerClock(clock.now);
  expect(theirs.isKnown).toBe(false);
  expect(theirs.theirs(1000)).toBe(1000);
  theirs.take(new Date(clock.now() - 3_600_000).toUTCString());
  expect(theirs.isKnown).toBe(true);
  expect(theirs.theirs(clock.now())).toBe(clock.now() - 3_600_000);
  theirs.take(new Date(clock.now() + 2_000).toUTCString());
  expect(theirs.theirs(1000)).toBe(1000);
});

test.each([undefined, 'yesterday'])('takes clocks for equal when told %s', (date) => {
  const clock = new ServerClock();
  clock.take(date);
  expect(clock.isKnown).toBe(true);
  expect(clock.theirs(1000)).toBe(1000);
});
