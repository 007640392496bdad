import { expect, test } from 'vitest';
import { createRunAccount } from '../../src/account/run-account.ts';
import { MAX_RECENT } from '../../src/view/run-view.ts';
import { decision, NOON_MS, runView } from '../fixtures/run-view.ts';

const { snapshot } = runView();

test('counts the replicas of the counted Deployments, the terminating ones only as room taken', () => {
  const account = createRunAccount(['shop'], undefined);
  account.noteReplicas(snapshot);
  account.noteReplicas({ ...snapshot, atMs: snapshot.atMs + 2000 });
  expect(account.replicas()).toEqual({ min: 4, max: 4, final: 4 });
  expect(account.replicaSeconds()).toBe(10);

  const other = createRunAccount(['another'], undefined);
  other.noteReplicas(snapshot);
  expect(other.replicas()).toEqual({ min: 0, max: 0, final: 0 });
});

test('begins to count with the first ready pod', () => {
  const account = createRunAccount(['shop'], undefined);
  const [deployment] = snapshot.deployments;
  account.noteReplicas({ ...snapshot, deployments: [{ ...deployment!, readyReplicas: 0 }] });
  account.noteReplicas({ ...snapshot, atMs: snapshot.atMs + 60_000 });
  expect(account.replicaSeconds()).toBe(0);
});

test('finds the decision behind a scale event and keeps only the last ones for the view', () => {
  const account = createRunAccount(['shop'], undefined);
  account.noteDecision(decision(NOON_MS, 1, 2));
  for (let sync = 1; sync <= 2 * MAX_RECENT; sync += 1) {
    account.noteDecision(decision(NOON_MS + sync * 15_000, 2, 2));
  }
  expect(account.decisions).toHaveLength(MAX_RECENT);
  expect(account.decisionAt('shop', NOON_MS + 3)).toEqual(decision(NOON_MS, 1, 2));
  expect(account.decisionAt('shop', NOON_MS - 1)).toBeUndefined();
  expect(account.decisionAt('another', NOON_MS + 3)).toBeUndefined();
});
