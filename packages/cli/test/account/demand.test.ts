import { describe, expect, test } from 'vitest';
import { demandPoint } from '../../src/account/demand.ts';
import { runView } from '../fixtures/run-view.ts';

const { snapshot } = runView();
const rateTarget = { metric: 'http_requests_per_second', perReplica: 20 };

describe('demandPoint', () => {
  test('is the offered load against ready replicas × target', () => {
    const source = { autoscaler: 'shop', rateTarget };
    expect(demandPoint(snapshot, source, 91.25)).toEqual({ demand: 91.25, capacity: 40 });
  });

  test('is, without a load, the metric as last decided on, over all replicas', () => {
    const source = { autoscaler: 'shop', rateTarget };
    expect(demandPoint(snapshot, source, undefined)).toEqual({ demand: 83, capacity: 40 });
  });

  test('is in replicas where the HPA has no rate of requests', () => {
    const source = { autoscaler: 'shop', rateTarget: undefined };
    expect(demandPoint(snapshot, source, 91.25)).toEqual({ demand: 4.15, capacity: 2 });
  });

  test('is not known before the first sync and without an HPA', () => {
    const [autoscaler] = snapshot.autoscalers;
    const before = { ...snapshot, autoscalers: [{ ...autoscaler!, lastDecision: undefined }] };
    const source = { autoscaler: 'shop', rateTarget };
    expect(demandPoint(before, source, undefined)).toEqual({ demand: undefined, capacity: 40 });
    expect(demandPoint(snapshot, undefined, undefined)).toEqual({
      demand: undefined,
      capacity: undefined,
    });
  });
});
