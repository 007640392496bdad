import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LossKind } from '../src/load.ts';
import { LOSSES_KEPT, RequestAccount, type Outcome } from '../src/request-account.ts';

const LOSSES: readonly LossKind[] = ['refused', 'reset', 'truncated', 'timedOut', 'serverError'];
const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>({ kind: 'answered' }, { kind: 'shed' }),
  fc.constantFrom(...LOSSES).map((loss): Outcome => ({ kind: 'lost', loss, detail: loss })),
);

test('sent is answered, shed, lost and in flight, whatever happens', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyOutcome, fc.boolean())),
      fc.nat(20),
      (outcomes, stillInFlight) => {
        const account = new RequestAccount();
        for (let n = 0; n < outcomes.length + stillInFlight; n += 1) account.addArrival(1000);
        for (const [outcome, isReused] of outcomes) {
          account.addOutcome({ arrivedAtMs: 1000, title: 'GET /' }, outcome, 1002, isReused);
        }
        const read = account.read(1002);
        expect(read.sent).toBe(read.answered + read.shed + read.lost + read.inFlight);
        expect(read.inFlight).toBe(stillInFlight);
        const byKind = Object.values(read.lostBy).flatMap((by) => [
          by.newConnection,
          by.reusedConnection,
        ]);
        expect(byKind.reduce((sum, count) => sum + count, 0)).toBe(read.lost);
        expect(read.losses).toHaveLength(Math.min(read.lost, LOSSES_KEPT));
        expect(read.latencySeconds === undefined).toBe(read.answered === 0);
      },
    ),
  );
});

test('latency counts from the arrival and is within 1 %', () => {
  const account = new RequestAccount();
  for (let ms = 1; ms <= 100; ms += 1) {
    account.addArrival(0);
    account.addOutcome({ arrivedAtMs: 0, title: 'GET /' }, { kind: 'answered' }, ms, false);
  }
  const { latencySeconds } = account.read(100);
  expect(latencySeconds!.p50 / 0.05).toBeCloseTo(1, 1);
  expect(latencySeconds!.p90 / 0.09).toBeCloseTo(1, 1);
  expect(latencySeconds!.p99 / 0.099).toBeCloseTo(1, 1);
});

test('a copy that was read does not change any more', () => {
  const account = new RequestAccount();
  const before = account.read(0);
  account.addArrival(0);
  const loss = { kind: 'lost', loss: 'reset', detail: '' } as const;
  account.addOutcome({ arrivedAtMs: 0, title: 'GET /' }, loss, 1, true);
  expect(before.losses).toEqual([]);
  expect(before.lostBy.reset.reusedConnection).toBe(0);
});
