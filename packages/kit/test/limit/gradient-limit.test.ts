import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GradientLimit } from '../../src/limit/gradient-limit.ts';

const BOUNDS = { initial: 20, min: 4, max: 200 };

/** A service that works on `capacity` at once, each for `workMs`; more wait within it. */
function meanMsOf(running: number, capacity: number, workMs: number): number {
  return workMs * Math.max(1, running / capacity);
}

function run(limit: GradientLimit, windows: number, capacity: number, loopUtilization = 0.5): void {
  for (let window = 0; window < windows; window += 1) {
    const maxRunning = limit.limit;
    limit.update({ meanMs: meanMsOf(maxRunning, capacity, 50), maxRunning, loopUtilization });
  }
}

describe('GradientLimit', () => {
  test('rises while it is used and latency stays', () => {
    const limit = new GradientLimit(BOUNDS);
    run(limit, 40, 100);
    expect(limit.limit).toBeGreaterThan(45);
    run(limit, 1000, 1000);
    expect(limit.limit).toBe(200);
  });

  test('sinks when latency rises above its long-term mean, and rises again afterwards', () => {
    const limit = new GradientLimit(BOUNDS);
    run(limit, 60, 200);
    const before = limit.limit;
    run(limit, 10, 10);
    const after = limit.limit;
    expect(after).toBeLessThan(before * 0.6);
    run(limit, 100, 200);
    expect(limit.limit).toBeGreaterThan(after);
  });

  test('stays where it is when less than half of it is used', () => {
    const limit = new GradientLimit(BOUNDS);
    for (let window = 0; window < 50; window += 1) {
      limit.update({ meanMs: 50, maxRunning: 9, loopUtilization: 0.5 });
    }
    expect(limit.limit).toBe(20);
  });

  test('sinks to its least while the event loop is busy, whatever the latency', () => {
    const limit = new GradientLimit(BOUNDS);
    run(limit, 100, 1000, 1);
    expect(limit.limit).toBe(4);
  });

  test('the arithmetic of one window is that of Gradient2', () => {
    const limit = new GradientLimit(BOUNDS);
    limit.update({ meanMs: 100, maxRunning: 20, loopUtilization: 0 });
    // gradient 1: 0.8 × 20 + 0.2 × (20 + 4) = 20.8
    expect(limit.limit).toBe(20);
    // long-term mean (100 + 500) / 2 = 300; gradient 1.5 × 300 / 500 = 0.9: 0.8 × 20.8 + 0.2 × (18.72 + 4) = 21.18
    limit.update({ meanMs: 500, maxRunning: 20, loopUtilization: 0 });
    expect(limit.limit).toBe(21);
  });

  test('stays within its bounds whatever it sees', () => {
    const window = fc.record({
      meanMs: fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      maxRunning: fc.nat(10_000),
      loopUtilization: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(window), (windows) => {
        const limit = new GradientLimit(BOUNDS);
        for (const one of windows) {
          const now = limit.update(one);
          expect(Number.isInteger(now) && now >= 4 && now <= 200).toBe(true);
        }
      }),
    );
  });
});
