import { describe, expect, test } from 'vitest';
import type { HealthState } from '../../src/admin/health-checks.ts';
import { memberChecks } from '../../src/cluster/member-checks.ts';
import type { MemberState } from '../../src/cluster/member-state.ts';

const CONFIG = { livenessStallMs: 30_000, readinessStallMs: 5_000 };
const child = (phase: MemberState['phase'], heartbeatAgeMs = 0): MemberState => ({
  pid: 1,
  phase,
  heartbeatAgeMs,
});
const READY_PRIMARY: HealthState = {
  phase: 'ready',
  heartbeatAgeMs: 0,
  debuggerAttached: false,
  drainRequested: false,
  isPastDeadline: false,
};

function failure(endpoint: string, members: readonly MemberState[]): string | undefined {
  const [check] = memberChecks(endpoint, CONFIG, members);
  return check?.check(READY_PRIMARY);
}

describe('liveness of a cluster', () => {
  test('fails only when the loops of all children are stuck', () => {
    expect(failure('livez', [child('ready', 31_000), child('ready')])).toBeUndefined();
    expect(failure('livez', [child('ready', 31_000), child('draining', 40_000)])).toBe(
      'the event loops of all 2 children are stuck',
    );
  });

  test('does not ask for readiness', () => {
    expect(failure('livez', [child('starting'), child('draining')])).toBeUndefined();
  });
});

describe('readiness of a cluster', () => {
  test('holds while one child is ready and its loop turns fast enough', () => {
    expect(failure('readyz', [child('starting'), child('ready')])).toBeUndefined();
    expect(failure('readyz', [child('starting'), child('ready', 6_000)])).toBe(
      'none of 2 children is ready',
    );
  });
});

test('a process without children has no check of them', () => {
  expect(memberChecks('readyz', CONFIG, [])).toEqual([]);
  expect(memberChecks('startupz', CONFIG, [child('ready')])).toEqual([]);
});
