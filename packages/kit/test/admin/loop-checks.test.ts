import { describe, expect, test } from 'vitest';
import type { HealthState } from '../../src/admin/health-checks.ts';
import { loopChecks } from '../../src/admin/loop-checks.ts';
import type { LoopGroup, LoopState } from '../../src/admin/loop-state.ts';

const CONFIG = { livenessStallMs: 30_000, readinessStallMs: 5_000 };
const loop = (phase: LoopState['phase'], heartbeatAgeMs = 0): LoopState => ({
  phase,
  heartbeatAgeMs,
});
const READY_PROCESS: HealthState = {
  phase: 'ready',
  heartbeatAgeMs: 0,
  debuggerAttached: false,
  drainRequested: false,
  isPastDeadline: false,
};

function failure(
  endpoint: string,
  loops: readonly LoopState[],
  name: LoopGroup['name'] = 'children',
): string | undefined {
  const [check] = loopChecks(endpoint, CONFIG, { name, loops });
  return check?.check(READY_PROCESS);
}

describe('liveness of many loops', () => {
  test('fails only when all of them are stuck', () => {
    expect(failure('livez', [loop('ready', 31_000), loop('ready')])).toBeUndefined();
    expect(failure('livez', [loop('ready', 31_000), loop('draining', 40_000)])).toBe(
      'the event loops of all 2 children are stuck',
    );
    expect(failure('healthz', [loop('ready', 31_000)], 'threads')).toBe(
      'the event loops of all 1 threads are stuck',
    );
  });

  test('does not ask for readiness', () => {
    expect(failure('livez', [loop('starting'), loop('draining')])).toBeUndefined();
  });
});

describe('readiness of many loops', () => {
  test('holds while one is ready and turns fast enough', () => {
    expect(failure('readyz', [loop('starting'), loop('ready')])).toBeUndefined();
    expect(failure('readyz', [loop('starting'), loop('ready', 6_000)])).toBe(
      'none of 2 children is ready',
    );
  });
});

test('a process without others has no check of them', () => {
  const name = 'children';
  expect(loopChecks('readyz', CONFIG, { name, loops: [] })).toEqual([]);
  expect(loopChecks('startupz', CONFIG, { name, loops: [loop('ready')] })).toEqual([]);
});
