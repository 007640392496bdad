import { expect, test } from 'vitest';
import { spin, stepsFor } from '../../src/kit-goodput/spin.ts';

test('the same steps give the same result, and more steps another', () => {
  expect(spin(1000)).toBe(spin(1000));
  expect(spin(1001)).not.toBe(spin(1000));
});

test('a time is a whole number of steps', () => {
  const steps = stepsFor(2);
  expect(Number.isInteger(steps) && steps > 1000).toBe(true);
});
