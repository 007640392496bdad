import { describe, expect, test } from 'vitest';
import { stabilizeWithoutBehavior } from '../src/stabilization-legacy.ts';

const at = (seconds: number, replicas: number) => ({ atMs: seconds * 1000, replicas });

describe('stabilizeWithoutBehavior', () => {
  test('applies the highest recommendation of the window', () => {
    const { trace } = stabilizeWithoutBehavior([at(0, 4), at(15, 9), at(30, 2)], at(45, 3), 300);
    expect(trace).toEqual({
      in: 3,
      out: 9,
      direction: 'down',
      windowSeconds: 300,
      heldBy: at(15, 9),
    });
  });

  test('counts a recommendation exactly as old as the window, and none that is older', () => {
    expect(stabilizeWithoutBehavior([at(0, 9)], at(300, 3), 300).trace.out).toBe(9);
    expect(stabilizeWithoutBehavior([at(0, 9)], at(300.001, 3), 300).trace.out).toBe(3);
  });

  test('names, of equal recommendations, the one that holds for longest', () => {
    const list = [at(10, 9), at(40, 9), at(30, 9)];
    expect(stabilizeWithoutBehavior(list, at(45, 3), 300).trace.heldBy).toEqual(at(40, 9));
    expect(stabilizeWithoutBehavior([at(0, 9)], at(300, 3), 300).trace.heldBy).toEqual(at(0, 9));
  });

  test('holds nothing where no recommendation was higher', () => {
    expect(stabilizeWithoutBehavior([at(10, 3)], at(45, 3), 300).trace).toEqual({
      in: 3,
      out: 3,
      direction: 'none',
      windowSeconds: 300,
    });
  });

  test('records the unstabilized count in the last slot that is too old', () => {
    const list = [at(0, 1), at(1, 2), at(250, 3)];
    const { recommendations } = stabilizeWithoutBehavior(list, at(400, 5), 300);
    expect(recommendations).toEqual([at(0, 1), at(400, 5), at(250, 3)]);
  });
});
