import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrapePhaseMs, nextDueMs } from '../../src/target/scrape-phase.ts';

test('a target has one phase for ever', () => {
  expect(scrapePhaseMs('uid http://127.0.0.2:9090/metrics', 1000)).toBe(
    scrapePhaseMs('uid http://127.0.0.2:9090/metrics', 1000),
  );
});

test('fifty targets are spread over the interval', () => {
  const tenths = new Array<number>(10).fill(0);
  for (let pod = 0; pod < 50; pod += 1) {
    tenths[Math.floor(scrapePhaseMs(`uid-${pod}`, 1000) / 100)]! += 1;
  }
  // Five each on average; no tenth of a second carries more than a quarter of all.
  expect(Math.max(...tenths)).toBeLessThanOrEqual(12);
});

test('the next scrape is at the phase, after now, within one interval', () => {
  const timeMs = fc.integer({ min: -1e12, max: 4e12 });
  fc.assert(
    fc.property(timeMs, fc.integer({ min: 1, max: 60_000 }), fc.nat(), (nowMs, intervalMs, raw) => {
      const phaseMs = raw % intervalMs;
      const waitMs = nextDueMs(nowMs, phaseMs, intervalMs) - nowMs;
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(intervalMs);
      expect(Math.abs((nowMs + waitMs - phaseMs) % intervalMs)).toBe(0);
    }),
  );
});
