import { expect, test } from 'vitest';
import { createReplicaMeter } from '../../src/account/replica-meter.ts';

test('integrates pods over time and keeps the extremes of the replicas', () => {
  const meter = createReplicaMeter();
  expect(meter.figures()).toBeUndefined();
  meter.note(2, 2, 1000);
  meter.note(4, 4, 3000);
  meter.note(1, 4, 4000); // three are on their way out and still take room
  meter.note(1, 1, 9000);
  expect(meter.figures()).toEqual({ min: 1, max: 4, final: 1 });
  expect(meter.replicaSeconds()).toBe(2 * 2 + 4 * 1 + 4 * 5);
});
