import { expect, test } from 'vitest';
import { createPodLedger, MAX_PODS } from '../../src/account/pod-ledger.ts';
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

test('leaves out the oldest of the pods that are gone when there are too many, and counts them', () => {
  const ledger = createPodLedger();
  ledger.note(podStatus('shop-a', 'ready'), NOON_MS);
  for (let index = 0; index <= MAX_PODS; index += 1) {
    ledger.note(podStatus(`shop-${index}`, 'terminating'), NOON_MS);
  }
  const names = ledger.entries().map(({ name }) => name);
  expect(names).toHaveLength(MAX_PODS);
  expect(names.slice(0, 2)).toEqual(['shop-a', 'shop-2']);
  expect(names.at(-1)).toBe(`shop-${MAX_PODS}`);
  expect(ledger.leftOut()).toBe(2);
});
