import { describe, expect, test } from 'vitest';
import { stabilizeWithBehavior } from '../src/stabilization-behavior.ts';

const at = (seconds: number, replicas: number) => ({ atMs: seconds * 1000, replicas });
const windows = { upSeconds: 60, downSeconds: 300 };

describe('stabilizeWithBehavior', () => {
  test('goes up no further than the lowest recommendation of its window', () => {
    const { trace } = stabilizeWithBehavior([at(50, 6)], at(100, 9), 4, windows);
    expect(trace).toMatchObject({
      in: 9,
      out: 6,
      direction: 'up',
      windowSeconds: 60,
      heldBy: at(50, 6),
    });
  });

  test('goes down no further than the highest recommendation of its window', () => {
    const { trace } = stabilizeWithBehavior([at(0, 7)], at(100, 2), 9, windows);
    expect(trace).toMatchObject({ in: 2, out: 7, direction: 'down', windowSeconds: 300 });
  });

  test('never raises the count to an old recommendation, other than without behavior', () => {
    expect(stabilizeWithBehavior([at(0, 10)], at(100, 5), 5, windows).trace.out).toBe(5);
  });

  test('does not count a recommendation exactly as old as its window', () => {
    expect(stabilizeWithBehavior([at(0, 9)], at(300, 2), 9, windows).trace.out).toBe(2);
    expect(stabilizeWithBehavior([at(0.001, 9)], at(300, 2), 9, windows).trace.out).toBe(9);
  });

  test('reuses only a slot that is older than both windows', () => {
    const list = [at(0, 1), at(50, 2), at(150, 3)];
    const exactly = stabilizeWithBehavior(list.slice(0, 1), at(300, 5), 5, windows);
    expect(exactly.recommendations).toEqual([at(0, 1), at(300, 5)]);
    const later = stabilizeWithBehavior(list, at(400, 5), 5, windows);
    expect(later.recommendations).toEqual([at(0, 1), at(400, 5), at(150, 3)]);
  });

  test('names, of equal recommendations, the one that holds for longest', () => {
    const list = [at(10, 7), at(40, 7), at(30, 7)];
    expect(stabilizeWithBehavior(list, at(100, 2), 9, windows).trace.heldBy).toEqual(at(40, 7));
    expect(stabilizeWithBehavior(list, at(80, 9), 2, windows).trace.heldBy).toEqual(at(40, 7));
  });

  test('names none that its window no longer counts', () => {
    const list = [at(0, 7), at(40, 7)];
    const { heldBy } = stabilizeWithBehavior(list.toReversed(), at(300, 2), 9, windows).trace;
    expect(heldBy).toEqual(at(40, 7));
    expect(stabilizeWithBehavior(list, at(60, 9), 2, windows).trace.heldBy).toEqual(at(40, 7));
  });

  test('is not held where the result is what was asked for', () => {
    expect(stabilizeWithBehavior([], at(0, 5), 3, windows).trace).toEqual({
      in: 5,
      out: 5,
      direction: 'none',
      windowSeconds: 0,
    });
  });
});
