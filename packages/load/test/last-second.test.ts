import { expect, test } from 'vitest';
import { LastSecond } from '../src/last-second.ts';

test('without answers there is no latency, and arrivals are 0', () => {
  expect(new LastSecond().read(5000)).toEqual({ arrivals: 0, latencySeconds: undefined });
});

test('what is older than a second is forgotten', () => {
  const last = new LastSecond();
  for (let nowMs = 10_000; nowMs < 12_000; nowMs += 100) {
    last.addArrival(nowMs);
    last.addLatency(nowMs, nowMs / 1000);
  }
  expect(last.read(11_950)).toEqual({ arrivals: 10, latencySeconds: { p50: 11.4, p99: 11.9 } });
  expect(last.read(12_450)).toMatchObject({ arrivals: 5 });
  expect(last.read(99_000)).toEqual({ arrivals: 0, latencySeconds: undefined });
});
