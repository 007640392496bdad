import { describe, expect, test } from 'vitest';
import {
  compareForDeletion,
  deletionCandidate,
  type DeletionCandidate,
} from '../../src/deployment/deletion-order.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

function candidate(overrides: Partial<DeletionCandidate>): DeletionCandidate {
  return {
    uid: '',
    scheduled: true,
    phase: 'Running',
    ready: false,
    deletionCost: 0,
    rank: 1,
    readySinceMs: undefined,
    maxRestarts: 0,
    createdAtMs: undefined,
    ...overrides,
  };
}

const monthAgo = NOW_MS - MONTH_MS;
const hoursAgo = (hours: number): number => NOW_MS - hours * HOUR_MS;
const readyNow = { ready: true, readySinceMs: NOW_MS, createdAtMs: NOW_MS };
const readySince = (sinceMs: number): Partial<DeletionCandidate> => ({
  scheduled: false,
  ready: true,
  readySinceMs: sinceMs,
  createdAtMs: monthAgo,
});

/** The pods of kubernetes/kubernetes v1.37.2 pkg/controller/controller_utils_test.go TestSortingActivePodsWithRanks. */
const pods = {
  unscheduled: candidate({ scheduled: false, phase: 'Pending' }),
  pending: candidate({ phase: 'Pending' }),
  unknownPhase: candidate({ phase: 'Unknown' }),
  notReady: candidate({}),
  readyNoTransition: candidate({ ready: true }),
  readyNow: candidate(readyNow),
  readyThen: candidate({ ready: true, readySinceMs: monthAgo, createdAtMs: monthAgo }),
  highRestarts: candidate({ ...readyNow, maxRestarts: 9001 }),
  createdThen: candidate({ ...readyNow, createdAtMs: monthAgo }),
  lowCost: candidate({ ...readyNow, createdAtMs: monthAgo, deletionCost: 10 }),
  highCost: candidate({ ...readyNow, createdAtMs: monthAgo, deletionCost: 100 }),
  unscheduled5h: candidate({ scheduled: false, phase: 'Pending', createdAtMs: hoursAgo(5) }),
  unscheduled8h: candidate({ scheduled: false, phase: 'Pending', createdAtMs: hoursAgo(8) }),
  ready2h: candidate(readySince(hoursAgo(2))),
  ready5h: candidate(readySince(hoursAgo(5))),
  ready8h: candidate(readySince(hoursAgo(8))),
} as const;
type PodKey = keyof typeof pods;

describe('compareForDeletion orders as upstream’s table', () => {
  test.each<[lesser: PodKey, rank: number, greater: PodKey, rank: number]>([
    ['unscheduled', 1, 'pending', 2],
    ['unscheduled', 2, 'pending', 1],
    ['pending', 1, 'unknownPhase', 2],
    ['unknownPhase', 1, 'notReady', 2],
    ['notReady', 1, 'readyNoTransition', 1],
    ['readyNoTransition', 1, 'readyNow', 1],
    ['readyNow', 2, 'readyNoTransition', 1],
    ['readyNow', 1, 'readyThen', 1],
    ['readyNow', 2, 'readyThen', 1],
    ['highRestarts', 1, 'readyNow', 1],
    ['readyNow', 2, 'highRestarts', 1],
    ['readyNow', 1, 'createdThen', 1],
    ['createdThen', 2, 'readyNow', 1],
    ['lowCost', 2, 'highCost', 1],
    ['ready2h', 1, 'ready5h', 1],
  ])('%s with rank %i goes before %s with rank %i', (lesser, lesserRank, greater, greaterRank) => {
    const first = { ...pods[lesser], rank: lesserRank };
    const second = { ...pods[greater], rank: greaterRank };
    expect(compareForDeletion(first, second, NOW_MS)).toBeLessThan(0);
    expect(compareForDeletion(second, first, NOW_MS)).toBeGreaterThan(0);
  });

  test.each<PodKey>([
    'unscheduled',
    'pending',
    'unknownPhase',
    'notReady',
    'createdThen',
    'readyNow',
    'readyThen',
    'highRestarts',
  ])('%s is equal to itself', (key) => {
    expect(compareForDeletion(pods[key], pods[key], NOW_MS)).toBe(0);
  });

  test.each<[PodKey, PodKey]>([
    ['unscheduled5h', 'unscheduled8h'],
    ['ready5h', 'ready8h'],
  ])('%s and %s are of about one age, so the uid decides', (a, b) => {
    const low = { ...pods[a], uid: 'a' };
    const high = { ...pods[b], uid: 'b' };
    expect(compareForDeletion(low, high, NOW_MS)).toBeLessThan(0);
    expect(compareForDeletion({ ...low, uid: 'c' }, high, NOW_MS)).toBeGreaterThan(0);
  });
});

describe('deletionCandidate', () => {
  test('reads a pod that is ready', () => {
    const pod = podStatus({ uid: 'u', readySinceMs: NOW_MS - 30_400, restartCount: 2 });
    expect(deletionCandidate(pod, 3)).toEqual({
      uid: 'u',
      scheduled: true,
      phase: 'Running',
      ready: true,
      deletionCost: 0,
      rank: 3,
      readySinceMs: NOW_MS - 31_000,
      maxRestarts: 2,
      createdAtMs: NOW_MS - 60_000,
    });
  });

  test.each([
    ['-5', -5],
    ['100', 100],
    ['2147483647', 2_147_483_647],
    ['2147483648', 0],
    ['+5', 0],
    ['05', 0],
    ['1.5', 0],
    ['', 0],
  ])('reads pod-deletion-cost %j as %i', (text, cost) => {
    const pod = podStatus({ annotations: { 'controller.kubernetes.io/pod-deletion-cost': text } });
    expect(deletionCandidate(pod, 1).deletionCost).toBe(cost);
  });
});
