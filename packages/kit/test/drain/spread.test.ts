import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Spread } from '../../src/drain/spread.ts';

const WINDOW_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function spreadOver(count: number): { spread: Spread<number>; told: number[]; left: Set<number> } {
  const left = new Set(Array.from({ length: count }, (_, client) => client));
  const told: number[] = [];
  const spread = new Spread<number>(
    () => left,
    (client) => {
      left.delete(client);
      told.push(client);
    },
  );
  return { spread, told, left };
}

describe('clients that are told to go over a window', () => {
  test('hear of it at times of their own in its middle, and none twice', () => {
    const { spread, told } = spreadOver(1_000);
    spread.begin(WINDOW_MS);
    vi.advanceTimersByTime(WINDOW_MS * 0.2 - 1);
    expect(told).toHaveLength(0);
    let most = 0;
    for (let tenth = 2; tenth < 8; tenth += 1) {
      const before = told.length;
      vi.advanceTimersByTime(WINDOW_MS / 10 + 1);
      most = Math.max(most, told.length - before);
    }
    // A sixth of them in each of six parts; one part with twice as many is out of reach of chance.
    expect(most).toBeLessThan(333);
    expect(new Set(told).size).toBe(1_000);
    expect(told).toHaveLength(1_000);
  });

  test('hear of it at its end when they are left or have come since, and not before', () => {
    const { spread, told, left } = spreadOver(10);
    spread.begin(WINDOW_MS);
    left.add(10);
    spread.end();
    expect(told).toHaveLength(11);
    vi.runAllTimers();
    expect(told).toHaveLength(11);
  });

  test('hear of it at once, in a turn of its own, when there is no window', () => {
    const { spread, told } = spreadOver(3);
    spread.begin(0);
    expect(told).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(told).toHaveLength(3);
  });
});
