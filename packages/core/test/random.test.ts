import { describe, expect, test } from 'vitest';
import { createRandom } from '../src/index.ts';

describe('createRandom', () => {
  test('gives the same numbers in [0, 1) for the same seed, and others for another', () => {
    const numbers = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 1000 }, () => random());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    expect(numbers(7).every((number) => number >= 0 && number < 1)).toBe(true);
    const mean = numbers(7).reduce((sum, number) => sum + number, 0) / 1000;
    expect(mean).toBeCloseTo(0.5, 1);
  });
});
