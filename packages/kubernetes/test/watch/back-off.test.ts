import { expect, test } from 'vitest';
import { BackOff } from '../../src/watch/back-off.ts';

test('doubles up to the longest wait, adds a random part, and begins again', () => {
  const backOff = new BackOff({ initialMs: 100, maxMs: 300, random: () => 0.5 });
  expect([backOff.nextMs(), backOff.nextMs(), backOff.nextMs()]).toEqual([150, 300, 450]);
  expect(backOff.nextMs()).toBe(450);
  backOff.reset();
  expect(backOff.nextMs()).toBe(150);
});
