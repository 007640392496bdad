import { expect, test } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { decision, loadAccount, NOON_MS } from '../fixtures/run-view.ts';

const account = {
  replicas: () => ({ min: 1, max: 2, final: 1 }),
  replicaSeconds: () => 90,
  pods: () => [],
  podsLeftOut: () => 3,
  decisionAt: (_deployment: string, atMs: number) => decision(atMs, 1, 2),
};
const event = { decidedAtMs: NOON_MS + 45_000, deployment: 'shop', from: 1, to: 2, reason: 'r' };
const sources = {
  account,
  scaleEvents: [event],
  load: undefined,
  offered: undefined,
  followsProfile: false,
  rateTarget: undefined,
  startedAtMs: NOON_MS,
  endedAtMs: NOON_MS + 60_000,
  endedBy: 'SIGINT',
};

test('a run without a load has no requests and no load changes', () => {
  expect(buildReport(sources)).toEqual({
    v: 1,
    startedAtMs: NOON_MS,
    endedAtMs: NOON_MS + 60_000,
    endedBy: 'SIGINT',
    verdict: { kept: true, broken: [] },
    replicas: { min: 1, max: 2, final: 1 },
    replicaSeconds: 90,
    scaleEvents: [event],
    pods: [],
    podsLeftOut: 3,
  });
});

test('a run under load tells what became of the requests and when the load changed', () => {
  const report = buildReport({
    ...sources,
    load: loadAccount({ latencySeconds: undefined }),
    offered: {
      points: [
        { atSeconds: 0, requestsPerSecond: 0 },
        { atSeconds: 80, requestsPerSecond: 80 },
      ],
      startedAtMs: NOON_MS,
      durationSeconds: 80,
    },
    rateTarget: { metric: 'http_requests_per_second', perReplica: 20 },
  });
  expect(report.requests).toMatchObject({ sent: 12_345, answered: 12_340, shed: 2, lost: 0 });
  expect(report.latencySeconds).toBeNull();
  expect(report.scaleEvents).toEqual([{ ...event, loadChangeAtMs: NOON_MS + 20_000 }]);
});
