import { expect, test } from 'vitest';
import { createPodLedger } from '../../src/account/pod-ledger.ts';
import { NOON_MS, podStatus } from '../fixtures/run-view.ts';

test('keeps when a pod was made, first ready and deleted', () => {
  const ledger = createPodLedger();
  ledger.note(podStatus('shop-a', 'pending'), NOON_MS);
  ledger.note(podStatus('shop-a', 'ready'), NOON_MS + 700);
  ledger.note(podStatus('shop-a', 'notReady'), NOON_MS + 5000);
  ledger.note(podStatus('shop-a', 'ready'), NOON_MS + 6000);
  ledger.note(podStatus('shop-a', 'terminating'), NOON_MS + 60_100);
  expect(ledger.entries()).toEqual([
    {
      name: 'shop-a',
      createdAtMs: NOON_MS,
      readyAtMs: NOON_MS + 700,
      deletedAtMs: NOON_MS + 60_000,
      restarts: 0,
    },
  ]);
});
